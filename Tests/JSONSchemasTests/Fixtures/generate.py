"""Writes goldens.json, the schemas that pydantic 2.10 makes of the parameters and results in DescribedCases.swift.

Run with pydantic 2.10: python3 generate.py > goldens.json
Enums are literals here, because literals are written inline. Objects at the top have no title.
"""
import json
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Dict, List, Literal, Optional, Set, Tuple, Union
from uuid import UUID

from pydantic import AnyUrl, Base64Bytes, BaseModel, Field, create_model
from pydantic.json_schema import GenerateJsonSchema

Mode = Literal["fast", "slow"]
Level = Literal[1, 2, 3]


class Point(BaseModel):
    x: int
    y: Optional[float] = None


class Empty(BaseModel):
    pass


class Line(BaseModel):
    start: Point
    end: Point
    via: List[Point]
    label: Optional[str] = None


class Node(BaseModel):
    value: int
    next: Optional["Node"] = None
    children: List["Node"]
    by_name: Dict[str, "Node"]


class Left(BaseModel):
    right: Optional["Right"] = None


class Right(BaseModel):
    lefts: List[Left]


class Settings(BaseModel):
    mode: Mode
    level: Optional[Level] = None
    modes: List[Mode]
    max_speed: float
    isURL: bool


class Deep(BaseModel):
    lines: Dict[str, List[Line]]
    pair: Tuple[int, str]
    matrix: List[List[float]]
    extra: Any
    maybe: Optional[Point] = None


REQUIRED = ...
CASES = {
    "none": {},
    "add": {"a": (int, REQUIRED), "b": (int, 2)},
    "scalars": {
        "an_int": (int, REQUIRED), "aDouble": (float, REQUIRED), "flag": (bool, REQUIRED), "text": (str, REQUIRED),
        "when": (datetime, REQUIRED), "id": (UUID, REQUIRED), "link": (AnyUrl, REQUIRED),
        "data": (Base64Bytes, REQUIRED), "price": (Decimal, REQUIRED), "anything": (Any, REQUIRED),
        "object": (Dict[str, Any], REQUIRED),
    },
    "defaults": {
        "i": (int, 3), "d": (float, 0.5), "b": (bool, True), "s": (str, "x"), "l": (List[int], [1, 2]),
        "o": (Optional[str], None), "of": (Optional[str], "y"), "m": (Mode, "fast"), "dict": (Dict[str, int], {"a": 1}),
        "lo": (List[Optional[int]], [None]),
    },
    "optionals": {
        "i": (Optional[int], None), "p": (Optional[Point], None), "l": (Optional[List[int]], None),
        "m": (Optional[Mode], None), "d": (Optional[Dict[str, float]], None), "lo": (List[Optional[int]], REQUIRED),
        "oo": (Optional[Optional[int]], None), "price": (Optional[Decimal], None), "any": (Optional[Any], None),
    },
    "containers": {
        "list": (List[int], REQUIRED), "set": (Set[str], REQUIRED), "map": (Dict[str, float], REQUIRED),
        "ints": (Dict[int, str], REQUIRED), "matrix": (List[List[int]], REQUIRED),
        "maps": (List[Dict[str, List[bool]]], REQUIRED), "by_mode": (Dict[Mode, int], REQUIRED),
        "any": (List[Any], REQUIRED),
    },
    "tuple": {"pair": (Tuple[int, str], REQUIRED)},
    "enums": {"mode": (Mode, REQUIRED), "level": (Level, REQUIRED), "modes": (Set[Mode], REQUIRED)},
    "point": {"point": (Point, REQUIRED)},
    "point default": {"point": (Point, Point(x=1))},
    "points": {"points": (List[Point], REQUIRED), "more": (Dict[str, Point], REQUIRED)},
    "maybe point": {"point": (Optional[Point], None)},
    "empty": {"empty": (Empty, REQUIRED)},
    "line": {"line": (Line, REQUIRED)},
    "node": {"node": (Node, REQUIRED)},
    "nodes": {"nodes": (List[Node], REQUIRED)},
    "left": {"left": (Left, REQUIRED)},
    "settings": {"settings": (Settings, REQUIRED)},
    "deep": {"deep": (Deep, REQUIRED)},
    "union": {"value": (Union[int, str], REQUIRED), "maybe": (Optional[Union[int, str]], None)},
    "described": {
        "a": (Annotated[int, Field(description="An integer.")], REQUIRED),
        "p": (Annotated[Point, Field(description="A point.")], REQUIRED),
        "o": (Annotated[Optional[Point], Field(description="Perhaps.")], None),
    },
    "output int": {"output": (int, REQUIRED)},
    "output optional": {"output": (Optional[int], REQUIRED)},
    "output point": {"output": (Point, REQUIRED)},
    "output maybe point": {"output": (Optional[Point], REQUIRED)},
    "output points": {"output": (List[Point], REQUIRED)},
    "output line": {"output": (Line, REQUIRED)},
    "output node": {"output": (Node, REQUIRED)},
    "output settings": {"output": (Settings, REQUIRED)},
    "output deep": {"output": (Deep, REQUIRED)},
    "output none": {"output": (type(None), REQUIRED)},
    "output map": {"output": (Dict[str, List[Point]], REQUIRED)},
}
TITLES = [
    "a", "max_speed", "maxSpeed", "isURL", "a1b2", "x__y", "_z", "z_", "_", "", "ALL_CAPS", "élan", "über_x", "straße",
    "don_t", "it's",
    "ǆa", "ﬁsh", "a b", "a-b", "名前", "x2y_3z", "ñandú_ça", "HTTPServer2Go", "\u0345x", "aªb",
]


def schema(fields):
    schema = create_model("Model", **fields).model_json_schema()
    del schema["title"]
    return schema


print(json.dumps({
    "schemas": {name: schema(fields) for name, fields in CASES.items()},
    "titles": {name: GenerateJsonSchema().get_title_from_name(name) for name in TITLES},
}, indent=1, ensure_ascii=False))
