"""A checklist's boxes: each one has its item's words as its label, which a finger hits and a screen reader says.

`pymdownx.tasklist` writes the boxes (`- [ ] …`) and leaves them without a name.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .tree import TreeExtension

ITEM = "task-list-item"
"""The class that `pymdownx.tasklist` gives to what can be ticked."""


class ChecklistExtension(TreeExtension):
    """Python-Markdown extension: puts each box and its words in a `label`."""

    name, priority = "checklist", 15
    """After the inline patterns (20), whose elements belong to the words."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            if ITEM in item.get("class", "").split():
                first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
                self._label(first)

    def _label(self, holder: Element) -> None:
        """Move what stands before the first block, such as a list of its own, into a label."""
        words = []
        for child in holder:
            if self.md.is_block_level(child.tag):
                break
            words.append(child)
        label = Element("label")
        label.text, holder.text = holder.text, None
        for child in words:
            holder.remove(child)
            label.append(child)
        holder.insert(0, label)
