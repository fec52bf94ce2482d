"""Parsing what was written gives the same item, whatever the item says."""

from hypothesis import example, given

from lms.engine.items import Item, parse_item_file, write_item
from tests.engine.makers import HEAD, items, make_choice, parse_one

SCENARIO = f"""## What does `print(1)` do? {HEAD}

The team noted:

1. one
2. two

- a plain list

```python
## no heading
- (x) no option
```

Read on.

- (x) It prints
  and goes on.
  > Yes:
  >
  > ```
  > 1
  > ```
- ( ) Nothing
  > No. {{misconception=silent-print}}

> First thought.

> Second thought.
"""


@given(items())
@example(make_choice())
def test_parse_write_parse_is_the_identity(item: Item) -> None:
    assert parse_one(write_item(item)) == item


def test_a_scenario_keeps_its_lists_and_code() -> None:
    item = parse_one(SCENARIO)
    assert item.type == "single"
    assert item.context.startswith("The team noted:\n\n1. one")
    assert item.context.endswith("```\n\nRead on.")
    assert item.feedback == "First thought.\n\nSecond thought."
    parts = item.markdown_parts()
    assert parts["choice:0"] == "It prints and goes on."
    assert parts["rationale:0"] == "Yes:\n\n```\n1\n```"
    assert parse_one(write_item(item)) == item


def test_every_part_knows_its_line() -> None:
    item = parse_one(SCENARIO)
    rows = SCENARIO.split("\n")
    assert set(item.part_lines) == set(item.markdown_parts())
    assert rows[item.part_lines["choice:1"] - 1] == "- ( ) Nothing"
    assert rows[item.part_lines["rationale:1"] - 1].strip().startswith("> No.")
    assert rows[item.part_lines["feedback"] - 1] == "> First thought."


@given(items(), items())
def test_items_of_one_file_do_not_disturb_each_other(one: Item, other: Item) -> None:
    text = write_item(one) + "\n" + write_item(other)
    found, problems = parse_item_file("f.md", text, "bank")
    if one.id == other.id:
        assert found == (one,)
        assert "is taken by f.md:1" in problems[0].message
    else:
        assert (found, problems) == ((one, other), ())
