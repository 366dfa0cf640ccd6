"""Reads the source of a view: whether every way through it asks for a right before it answers.

A walk through the statements, in the order in which they run: each branch by itself, functions of ours that a view calls
as part of it. What asks: `rights.check` and its like; where `rights.allows` is a condition, its branch of those who hold the right.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from core.accounts import rights

ASKING = {rights.check, rights.check_for_writing}
ASKED_IN_A_CONDITION = {rights.allows, rights.require}
OURS = ("core", "members", "sessions_app", "governance", "funding", "portal", "watch")


class Walk:
    """`asked` is what holds on the way that is looked at; `answers` are the lines that answer before it does."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.names, self.held = function.__globals__, set()
        source = textwrap.dedent(inspect.getsource(function))
        self.offset = inspect.getsourcelines(function)[1]
        self.body = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)).body
        self.held = {
            target.id
            for node in ast.walk(ast.Module(self.body, []))
            if isinstance(node, ast.Assign) and self._is_right(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self.answers: list[int] = []
        self.asked_at_end = True  # on every way out that is not an exception
        self.ways_out = 0

    def run(self) -> Walk:
        end = self._block(self.body, asked=False)
        if end is not None:
            self._leave(asked=end)
        return self

    def _leave(self, *, asked: bool) -> None:
        self.ways_out += 1
        self.asked_at_end &= asked

    def _block(self, statements: Iterable[ast.stmt], *, asked: bool) -> bool | None:
        """Whether a right was asked at the end of the block; None where the block is always left."""
        for statement in statements:
            found = self._statement(statement, asked)
            if found is None:
                return None
            asked = found
        return asked

    def _statement(self, node: ast.stmt, asked: bool) -> bool | None:
        if isinstance(node, ast.Return):
            asked = asked or self._asks(node.value)
            if not asked and node.value is not None and not self._is_nothing(node.value):
                self.answers.append(self.offset + node.lineno - 1)
            self._leave(asked=asked)
            return None
        if isinstance(node, ast.Raise | ast.Continue | ast.Break):
            return None
        if isinstance(node, ast.If):
            return self._if(node, asked)
        if isinstance(node, ast.Try):
            return self._try(node, asked)
        if isinstance(node, ast.With):
            asked = asked or any(self._asks(item.context_expr) for item in node.items)
            return self._block(node.body, asked=asked)
        if isinstance(node, ast.For | ast.While):
            self._block(node.body, asked=asked or self._asks(getattr(node, "iter", getattr(node, "test", None))))
            return asked
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return asked
        return asked or self._asks(node)

    def _if(self, node: ast.If, asked: bool) -> bool | None:
        asked = asked or self._asks(node.test)
        holds, lacks = (
            self._is_right(node.test),
            isinstance(node.test, ast.UnaryOp) and self._is_right(node.test.operand),
        )
        ends = [self._block(node.body, asked=asked or holds), self._block(node.orelse, asked=asked or lacks)]
        open_ends = [end for end in ends if end is not None]
        return all(open_ends) if open_ends else None

    def _try(self, node: ast.Try, asked: bool) -> bool | None:
        end = self._block([*node.body, *node.orelse], asked=asked)
        ends = [end, *(self._block(handler.body, asked=asked) for handler in node.handlers)]
        open_ends = [found for found in ends if found is not None]
        return all(open_ends) if open_ends else None

    def _asks(self, node: ast.AST | None) -> bool:
        """A condition inside an expression is taken to be run."""
        return node is not None and any(asks(called) for called in self._calls(node))

    def _is_right(self, node: ast.AST) -> bool:
        """`rights.allows(…)`, or the name that holds what it said."""
        if isinstance(node, ast.Name):
            return node.id in self.held
        return isinstance(node, ast.Call) and self._meaning(node.func) in ASKED_IN_A_CONDITION

    def _calls(self, node: ast.AST) -> Iterable[Any]:
        for each in ast.walk(node):
            if isinstance(each, ast.Call):
                called = self._meaning(each.func)
                if callable(called):
                    yield called

    def _meaning(self, node: ast.AST) -> Any:
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = self._meaning(node.value)
            return getattr(owner, node.attr, None) if inspect.ismodule(owner) else None
        return None

    def _is_nothing(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Constant) and node.value is None


@cache
def asks(function: Callable[..., Any]) -> bool:
    """Whether `function` asks for a right on every way on which it comes back."""
    function = inspect.unwrap(function)
    if function in ASKING:
        return True
    if not inspect.isfunction(function) or function.__module__.partition(".")[0] not in OURS:
        return False
    if not {"views", "lookup"} & set(function.__module__.split(".")) and not function.__module__.endswith("_views"):
        return False
    walk = Walk(function).run()
    return walk.ways_out > 0 and walk.asked_at_end


def answers_unasked(view: Callable[..., Any]) -> list[str]:
    """ "module:line" of each answer of `view` that comes before a right is asked."""
    view = inspect.unwrap(view)
    return [f"{view.__module__}:{line}" for line in Walk(view).run().answers]
