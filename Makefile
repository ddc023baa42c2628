# `make help` lists what there is.
# Without make: `python run.py serve` and so on. It also installs what the commands here need.
SHELL := bash
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
export PYTHONPATH := hooks
# What Python has compiled is kept, also where a machine is set up to compile it anew in each process.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: serve build test quick check links new rules format comments requirements lighthouse search-report published validate nginx bench impact translated schema look portable help

serve: .venv/site  ## preview with live reload
	@$(BIN)/python run.py serve

build: .venv/site  ## into site/, which stays as it was if anything is wrong
	@$(BIN)/python -m knowledge.tools.mkdocs build --strict --quiet

test: .venv/test  ## everything, in real Chromium too, on all cores
	$(BIN)/pytest -n auto --dist worksteal

quick: .venv/test  ## what needs no browser and no built site, in half a minute
	$(BIN)/pytest -m "not slow"

check: .venv/test  ## every problem of the content with its line, then the code; JSON=1 prints JSON, ALLOWED=1 what is allowed
	@status=0; $(BIN)/python -m knowledge.checks $(if $(JSON),--json) $(if $(ALLOWED),--allowed) || status=1; \
	  $(BIN)/ruff check . >&2 || status=1; $(BIN)/ruff format --check . >&2 || status=1; \
	  tracked=$$(git ls-files .cache .venv site 2> /dev/null); \
	  [ -z "$$tracked" ] || { echo "Built files must not be committed: git rm -r --cached" $$tracked >&2; status=1; }; \
	  for lint in "djlint --lint --quiet overrides" "oxlint --deny-warnings overrides" "mypy hooks benchmarks"; do \
	    report=$$($(BIN)/$$lint) || { echo "$$report" >&2; status=1; }; done; \
	  report=$$($(BIN)/lint-imports --no-cache) || { echo "$$report" >&2; status=1; }; exit $$status

links: .venv/test  ## whether the links to other sites still lead somewhere: the one check that needs the network
	@$(BIN)/python -m knowledge.tools.external

new: .venv/site  ## begin an article: make new ARTICLE=alliance/my-title
	@$(BIN)/python -m knowledge.tools.new "$(ARTICLE)"

schema: .venv/site  ## write what VS Code completes and checks with: front matter and data files
	@$(BIN)/python -m knowledge.tools.schema

translated: .venv/site  ## say that a translation is up to date: make translated ARTICLE=alliance/micro-repair
	@$(BIN)/python -m knowledge.tools.translated $(ARTICLE)

impact: .venv/site  ## what a change means for readers, as Markdown: make impact BASE=main; OLD=folder leaves the former site there
	@$(BIN)/python -m knowledge.tools.impact $(if $(OLD),--old "$(OLD)") "$(BASE)"

portable: .venv/site  ## let the built site open from a folder, without a server
	@$(BIN)/python -m knowledge.tools.portable

rules: .venv/test  ## write RULES.md, which explains the rules of `make check`
	@$(BIN)/python -m knowledge.checks.rules

format: .venv/test  ## texts as GitHub and the site read them alike, and the code
	@$(BIN)/python -m knowledge.tools.format
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

comments: .venv/comments  ## a comment server on http://127.0.0.1:8080/, for `isso:` in mkdocs.yml
	$(BIN)/python -m knowledge.tools.comment_server

requirements: .venv/site  ## pin every requirements*.in anew, with hashes
	$(BIN)/pip install --quiet pip-tools
	for name in requirements requirements-comments requirements-test; do $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	  --unsafe-package misaka --unsafe-package setuptools \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file=$$name.txt $$name.in; done

.venv/site: requirements.txt
	@python3 run.py install site

.venv/comments: requirements.txt requirements-comments.txt
	@python3 run.py install comments

.venv/test: requirements.txt requirements-comments.txt requirements-test.txt requirements-properdocs.txt
	@python3 run.py install test

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1: /p' Makefile

lighthouse: build  ## Lighthouse's scores of the built site (needs npm; its package `lighthouse`)
	$(BIN)/python -m benchmarks.lighthouse site

bench: .venv/site  ## the same articles through this site and others (needs npm for Eleventy, Starlight and Docusaurus; takes its time)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/preview.py
look: build .venv/test  ## pictures of every kind of page on one sheet, .cache/look/sheet.png; OLD=folder shows another built site beside
	$(BIN)/python -m benchmarks.look site $(OLD)

search-report: build .venv/test  ## what readers find, beside stock Material search; milliseconds and bytes
	PYTHONPATH=hooks:tests $(BIN)/python benchmarks/search.py site

published: .venv/site  ## add the addresses of new pages to the lists of published ones
	$(BIN)/python -m knowledge.tools.published

validate: build  ## the W3C's Nu checker on every built page (npm's vnu-jar; Java, as root from Debian)
	.ci/validate site

nginx: build  ## print an nginx configuration with the site's own headers, redirects and 404 pages
	@$(BIN)/python -m knowledge.tools.nginx site
