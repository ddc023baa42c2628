"""Reads templates with the shapes of what they show, so that each name in them is known or told."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.visitor import NodeVisitor

from ..core.folder import files_in, path_from
from ..core.problems import did_you_mean
from . import shapes
from .shapes import Macro, Shape, Strings
from .templates import Templates

OF_MKDOCS = "page pages nav config base_url extra_css extra_javascript mkdocs_version build_date_utc".split()
"""Names that MkDocs gives to a template, where an owner's uses them."""
SAME = frozenset("list sort reverse unique select reject selectattr rejectattr safe e escape default d".split())
"""Filters behind which a value has the shape that it had."""
ONE = frozenset("first last random min max".split())
OF_ELEMENTS = frozenset("map selectattr rejectattr sort groupby unique sum min max".split())
"""Filters that take the name of an element's attribute."""
TEXT = frozenset(
    "asset bound foreign in_words language lower upper title capitalize trim replace truncate join string tojson "
    "urlencode striptags".split()
)
OUTSIDE = nodes.FromImport | nodes.Import | nodes.Macro | nodes.Assign
"""What a macro sees of the template around it."""


def read(templates: Templates) -> None:
    """Look through all templates; what is found stands in their `problems` and `used`."""
    for name in templates.names:
        templates.tree(name)
    for name in templates.names:
        if name in templates.shown:
            _TemplateReader(templates, name, {**templates.shown[name], **dict.fromkeys(OF_MKDOCS, Any)}).page(name)
        elif name.startswith("preview/"):
            _TemplateReader(templates, name, {"t": Strings}, knows_all=False).page(name)


class _TemplateReader(NodeVisitor):
    """Reads one template, and those that it includes, knowing what names stand for.

    To visit an expression gives its shape; what is wrong in it is told.
    """

    def __init__(self, templates: Templates, name: str, known: Mapping[str, Shape], knows_all: bool = True):
        self.templates, self.name, self.root, self.knows_all = templates, name, name, knows_all
        self.known = ChainMap(dict(known))
        """What each name stands for, where one is; the innermost scope comes first."""

    def page(self, name: str) -> None:
        """Read a template from its beginning."""
        before, self.name = self.name, name
        if tree := self.templates.tree(name):
            self._all(tree.body)
        self.name = before

    def visit(self, node: nodes.Node | None) -> Shape:
        return super().visit(node) if node else Any

    def generic_visit(self, node: nodes.Node) -> Shape:
        super().generic_visit(node)
        return Any

    def _all(self, body: Iterable[nodes.Node | None]) -> list[Shape]:
        return [self.visit(node) for node in body]

    @contextmanager
    def _scope(self, /, **known: Shape) -> Iterator[None]:
        """What is set meanwhile is forgotten afterwards."""
        self.known = self.known.new_child(known)
        yield
        self.known = self.known.parents

    # Statements

    def visit_Extends(self, node: nodes.Extends) -> None:
        """Variables set in the base template are visible in its child blocks."""
        found = self._template(node, node.template)
        base = self.templates.tree(found) if found else None
        if not found or not base or not (base.find(nodes.Block) or base.find(nodes.Extends)):
            self.knows_all = False  # Which is told, and not of each name that would be set there.
        elif self.templates.begin(found, self.name):
            self.page(found)

    def visit_Include(self, node: nodes.Include) -> None:
        found = self._template(node, node.template, node.ignore_missing)
        known = tuple(sorted((name, repr(shape)) for name, shape in self.known.items()))
        for name in [found] if found else self._named_by_blocks(node.template):
            if self.templates.begin(name, known):
                with self._scope():
                    self.page(name)

    def _named_by_blocks(self, template: nodes.Expr) -> list[str]:
        """The partials of all blocks, where a template includes them by their names."""
        first, folder = template.nodes[0] if isinstance(template, nodes.Concat) else template, self.templates.folder
        is_block = isinstance(first, nodes.Const) and first.value == "partials/blocks/"
        return [path_from(folder, path) for path in files_in(folder, "partials/blocks/*.html") if is_block]

    def _template(self, node: nodes.Node, template: nodes.Expr, may_miss: bool = False) -> str | None:
        wanted = template.items if isinstance(template, nodes.Tuple | nodes.List) else [template]
        choices = [choice.value for choice in wanted if isinstance(choice, nodes.Const)]
        if len(choices) < len(wanted):
            self.visit(template)
            return None
        for choice in choices:
            if found := self.templates.find(str(choice), self.name):
                return found
            if self.templates.is_icon(str(choice)):
                return None
        if not may_miss:
            folder = self.templates.folder
            there = [path_from(folder, path) for path in files_in(folder, "**/*.html")]
            self._told(node, f"there is no template “{choices[0]}”", did_you_mean(str(choices[0]), there))
        return None

    def visit_FromImport(self, node: nodes.FromImport) -> None:
        found = self._template(node, node.template)
        tree = self.templates.tree(found) if found else None
        macros = self.templates.macros(found) if found else {}
        for name in node.names:
            original, own = name if isinstance(name, tuple) else (name, name)
            if tree and original not in macros:
                self._told(node, f"“{found}” has no macro “{original}”", did_you_mean(original, macros))
            self.known[own] = Macro(found, original) if found and original in macros else Any

    def visit_Import(self, node: nodes.Import) -> None:
        self._template(node, node.template)
        self.known[node.target] = Any

    def visit_Block(self, node: nodes.Block) -> None:
        with self._scope(super=Any, self=Any):
            self._all(node.body)

    def visit_For(self, node: nodes.For) -> None:
        shape = shapes.element(self.visit(node.iter))
        with self._scope(loop=Any):
            self._assign(node.target, shape)
            self.visit(node.test)
            self._all(node.body)
        self._all(node.else_)

    def visit_Assign(self, node: nodes.Assign) -> None:
        self._assign(node.target, self.visit(node.node))

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> None:
        with self._scope():
            self._all(node.body)
        self._assign(node.target, str)

    def visit_With(self, node: nodes.With) -> None:
        values = self._all(node.values)
        with self._scope():
            for target, shape in zip(node.targets, values, strict=True):
                self._assign(target, shape)
            self._all(node.body)

    def visit_CallBlock(self, node: nodes.CallBlock) -> None:
        self.visit(node.call)
        with self._scope(**dict.fromkeys((argument.name for argument in node.args), Any)):
            self._all(node.body)

    def visit_Macro(self, node: nodes.Macro) -> None:
        """A macro is read where it is called, with what it is given there."""
        self.known[node.name] = Macro(self.name, node.name)
        self._all(node.defaults)

    def _assign(self, target: nodes.Node, shape: Shape) -> None:
        if isinstance(target, nodes.Name):
            self.known[target.name] = shape
        elif isinstance(target, nodes.Tuple):
            for place, part in enumerate(target.items):
                self._assign(part, shapes.item(shape, place) or Any)

    # Expressions

    def visit_Const(self, node: nodes.Const) -> Shape:
        return type(node.value)

    def visit_Concat(self, node: nodes.Concat) -> Shape:
        self._all(node.nodes)
        return str

    def visit_Name(self, node: nodes.Name) -> Shape:
        if node.name not in self.known and node.name not in DEFAULT_NAMESPACE and self.knows_all:
            fix = did_you_mean(node.name, self.known.keys() - {*OF_MKDOCS})
            self._told(node, f"the name “{node.name}” stands for nothing here", fix)
        return self.known.get(node.name, Any)

    def visit_Getattr(self, node: nodes.Getattr) -> Shape:
        return self._part(node, self.visit(node.node), node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> Shape:
        shape, key = self.visit(node.node), _key(node)
        self.visit(node.arg)
        if isinstance(node.arg, nodes.Slice):
            return shape
        if shape is Strings:
            if key is None:
                self._beginning(node)
            return self._part(node, shape, key) if isinstance(key, str) else str
        found = shapes.item(shape, key)
        if found is None:
            self._told(node, f"nothing has the item “{key}” here", _fix_of(shape, str(key)))
        return Any if found is None else found

    def visit_Call(self, node: nodes.Call) -> Shape:
        callee = node.node
        if isinstance(callee, nodes.Getattr) and callee.attr == "format":
            self._filled(node, callee.node)
        shape, given = self.visit(callee), self._all(node.args)
        named = {argument.key: self.visit(argument.value) for argument in node.kwargs}
        self._all([node.dyn_args, node.dyn_kwargs])
        if isinstance(shape, Macro):
            self._macro(node, shape, given, named, bool(node.dyn_args or node.dyn_kwargs))
            return str
        return shapes.called(shape)

    def visit_Filter(self, node: nodes.Filter) -> Shape:
        if node.name not in self.templates.env.filters:
            known = self.templates.env.filters
            fix = did_you_mean(node.name, known, "Jinja's documentation")
            self._told(node, f"there is no filter “{node.name}”", fix)
        shape = self.visit(node.node)
        named = {str(argument.key): argument.value for argument in node.kwargs}
        self._all([*node.args, *named.values()])
        if node.name == "asset":
            for name in _constants(node.node):
                if not self.templates.is_asset(name):
                    fix = "correct the name, or put the file into overrides/assets/"
                    self._told(node, f"there is no file “{name}”", fix)
        if node.name in OF_ELEMENTS:
            first = node.args[0] if node.args and node.name in ("selectattr", "rejectattr", "groupby", "sum") else None
            attribute = named.get("attribute") or first
            if isinstance(attribute, nodes.Const) and isinstance(attribute.value, str):
                found = shapes.element(shape)
                for part in attribute.value.split("."):
                    found = self._part(node, found, part)
                if node.name == "map":
                    return list[found]  # type: ignore[valid-type]
        if node.name in SAME:
            return shape
        if node.name in ONE:
            return shapes.element(shape)
        return str if node.name in TEXT else Any

    def visit_Test(self, node: nodes.Test) -> Shape:
        if node.name not in self.templates.env.tests:
            self._told(node, f"there is no test “{node.name}”", did_you_mean(node.name, self.templates.env.tests))
        if node.name not in ("defined", "undefined"):
            self.visit(node.node)
        self._all(node.args)
        return bool

    def visit_CondExpr(self, node: nodes.CondExpr) -> Shape:
        self.visit(node.test)
        return shapes.either(self.visit(node.expr1), self.visit(node.expr2) if node.expr2 else type(None))

    def visit_Or(self, node: nodes.Or) -> Shape:
        return shapes.either(self.visit(node.left), self.visit(node.right))

    visit_And = visit_Or

    def visit_List(self, node: nodes.List) -> Shape:
        inside = self._all(node.items)
        return list[shapes.either(*inside)] if inside else list  # type: ignore[misc]

    def visit_Tuple(self, node: nodes.Tuple) -> Shape:
        inside = tuple(self._all(node.items))
        return tuple[inside] if inside else tuple  # type: ignore[valid-type]

    # What expressions name

    def _part(self, node: nodes.Node, shape: Shape, name: str) -> Shape:
        if shape is Strings:
            if not hasattr(str, name):
                self.templates.used.keys.setdefault(name, self._place(node))
            return str
        found = shapes.attribute(shape, name)
        if found is None:
            self._told(node, f"“{name}” is nothing that a template is shown here", _fix_of(shape, name))
            return Any
        # The words of the page's language: everything that a template says in its own name.
        return Strings if name == "strings" and found == Mapping[str, str] else found

    def _filled(self, call: nodes.Call, node: nodes.Expr) -> None:
        """What is filled in, if it is one of the interface's words."""
        if isinstance(node, nodes.Getattr | nodes.Getitem) and self.visit(node.node) is Strings:
            key = _key(node)
            if isinstance(key, str) and not call.args and not call.dyn_kwargs:
                names = frozenset(argument.key for argument in call.kwargs)
                self.templates.used.blanks.setdefault(key, []).append((self._place(call), names))

    def _beginning(self, node: nodes.Getitem) -> None:
        first = node.arg.nodes[0] if isinstance(node.arg, nodes.Concat) else node.arg
        first = first.left if isinstance(first, nodes.Add) else first
        if isinstance(first, nodes.Const):
            self.templates.used.beginnings.setdefault(str(first.value), self._place(node))

    def _macro(self, node: nodes.Call, macro: Macro, given: list, named: dict, is_open: bool) -> None:
        tree = self.templates.tree(macro.template)
        found, uses = self.templates.macros(macro.template).get(macro.name, (None, set()))
        if not tree or not found:
            return
        declared = [argument.name for argument in found.args]
        needed = len(declared) - len(found.defaults)
        missing = [name for name in declared[len(given) : needed] if name not in named]
        if missing and not is_open:
            self._told(node, f"the macro “{macro.name}” is not given “{missing[0]}”", f"give it {', '.join(declared)}")
        for name in (*map(str, named), *declared[: len(given)]):
            if name not in declared and "kwargs" not in uses:
                self._told(node, f"the macro “{macro.name}” takes no “{name}”", did_you_mean(name, declared))
        if len(given) > len(declared) and "varargs" not in uses:
            self._told(node, f"the macro “{macro.name}” is given too much", f"give it {', '.join(declared)}")
        shown = {**dict.fromkeys(declared, Any), **dict(zip(declared, given, strict=False)), **named}
        if not self.templates.begin(macro, tuple((name, repr(shape)) for name, shape in sorted(shown.items()))):
            return
        is_own = macro.template == self.name
        imported = {part: shape for part, shape in self.known.maps[-1].items() if is_own and isinstance(shape, Macro)}
        reader = _TemplateReader(self.templates, macro.template, imported, self.knows_all)
        reader._all(part for part in tree.body if isinstance(part, OUTSIDE))
        with reader._scope(caller=Any, varargs=Any, kwargs=Any):
            reader.known.update(shown)
            reader._all(found.body)

    def _place(self, node: nodes.Node) -> str:
        return f"{self.templates.folder.name}/{self.name}:{node.lineno}"

    def _told(self, node: nodes.Node, message: str, fix: str) -> None:
        self.templates.told(self.name, node.lineno, message, fix, self.root)


def _fix_of(shape: Shape, name: str) -> str:
    known = shapes.names(shape)
    return did_you_mean(name, known, "hooks/knowledge/pages/view.py") if known else "correct the name"


def _key(node: nodes.Getattr | nodes.Getitem) -> Any:
    """What follows the dot, or stands in the brackets; None where only the page decides it."""
    return node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)


def _constants(node: nodes.Node | None) -> Iterator[str]:
    """The texts that an expression may be."""
    if isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.CondExpr):
        yield from _constants(node.expr1)
        if node.expr2:
            yield from _constants(node.expr2)
