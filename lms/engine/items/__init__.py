"""Items of question banks: one module per type, and what may be asked of any of them.

Modules of `engine/content` import from here; nothing here imports them, front matter excepted.
"""

from lms.engine.items.model import Item as Item
from lms.engine.items.model import is_inline as is_inline
from lms.engine.items.parsing import clashes as clashes
from lms.engine.items.parsing import parse_item_file as parse_item_file
from lms.engine.items.registry import TYPES as TYPES
from lms.engine.items.registry import deal as deal
from lms.engine.items.registry import examples as examples
from lms.engine.items.registry import explain as explain
from lms.engine.items.registry import grade as grade
from lms.engine.items.registry import present as present
from lms.engine.items.registry import read as read
from lms.engine.items.response import Grade as Grade
from lms.engine.items.response import MalformedResponse as MalformedResponse
from lms.engine.items.response import Response as Response
from lms.engine.items.writing import write_item as write_item
