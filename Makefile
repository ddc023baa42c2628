# serve · build · test · check · published · validate · comments · requirements
# Without make: `python run.py serve` and so on, which these call. It installs what they need.
SHELL := bash
BIN := .venv/bin
RUN := python3 run.py
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: serve build test quick check links new rules format comments requirements lighthouse search-report published validate nginx bench impact translated schema look portable

serve:  ## preview with live reload
	@$(RUN) serve

build:  ## into site/, which stays as it was if anything is wrong
	@$(RUN) build

test:  ## everything, in real Chromium too, on all cores
	@$(RUN) test

quick:  ## what needs no browser and no built site, in half a minute
	@$(RUN) quick

check:  ## every problem of the content with its line, then the code; JSON=1 prints JSON, ALLOWED=1 what is allowed
	@$(RUN) check $(if $(JSON),--json) $(if $(ALLOWED),--allowed)

links:  ## whether the links to other sites still lead somewhere: the one check that needs the network
	@$(RUN) links

new:  ## begin an article: make new ARTICLE=alliance/my-title
	@$(RUN) new "$(ARTICLE)"

schema:  ## write what VS Code completes and checks with: front matter and data files
	@$(RUN) schema

translated:  ## say that a translation is up to date: make translated ARTICLE=alliance/micro-repair
	@$(RUN) translated $(ARTICLE)

impact:  ## what a change means for readers, as Markdown: make impact BASE=main
	@$(RUN) impact "$(BASE)"

portable:  ## let the built site open from a folder, without a server
	@$(RUN) portable

rules:  ## write RULES.md, which explains the rules of `make check`
	@$(RUN) rules

format: .venv/test  ## texts as GitHub and the site read them alike, and the code
	@$(RUN) format
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

comments: .venv/comments  ## a comment server on http://127.0.0.1:8080/, for `isso:` in mkdocs.yml
	$(BIN)/python -m knowledge.tools.comment_server

requirements: .venv/site  ## pin every requirements*.in anew, with hashes
	$(BIN)/pip install --quiet pip-tools
	for name in requirements requirements-comments requirements-test; do $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	  --unsafe-package misaka --unsafe-package setuptools \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file=$$name.txt $$name.in; done

.venv/site: requirements.txt
	@$(RUN) install site

.venv/comments: requirements.txt requirements-comments.txt
	@$(RUN) install comments

.venv/test: requirements.txt requirements-comments.txt requirements-test.txt requirements-properdocs.txt
	@$(RUN) install test

lighthouse: build  ## Lighthouse's scores of the built site (needs npm; its package `lighthouse`)
	$(BIN)/python benchmarks/lighthouse.py site

bench: .venv/site  ## the same articles through this site and others (needs npm for Eleventy, Starlight and Docusaurus; takes its time)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/preview.py
look: build .venv/test  ## pictures of every kind of page on one sheet, .cache/look/sheet.png; OLD=folder shows another built site beside
	$(BIN)/python benchmarks/look.py site $(OLD)

search-report: build .venv/test  ## what readers find, beside stock Material search; milliseconds and bytes
	PYTHONPATH=hooks:tests $(BIN)/python benchmarks/search.py site

published:  ## add the addresses of new pages to the lists of published ones
	@$(RUN) published

validate: build  ## the W3C's Nu checker on every built page (npm's vnu-jar; Java, as root from Debian)
	.ci/validate site

nginx: build  ## print an nginx configuration with the site's own headers, redirects and 404 pages
	@$(BIN)/python -m knowledge.tools.nginx site
