"""What commands print under and above their tables, in the reader's language."""

from __future__ import annotations

from typing import Any

from ..core.language import reader
from ..view.words import metric_name

__all__ = ["SENTENCES", "metric_words", "say"]

SENTENCES = {
    "en": {
        "optimizer": "optimizer",
        "setting": "setting",
        "interval": "95 % interval",
        "seeds": "seeds",
        "diverged": "diverged",
        "choosing": "ranked by {by}, which settings are chosen by; {of} is given of the chosen ones only",
        "tied": "= not told apart from the leader (common seeds, 5 % for the whole table); differences: "
        "steepest compare",
        "few": "? too few seeds in common with the leader to tell",
        "empty": "no run has a result yet",
        "one seed": "one seed: no intervals, and ranks may be chance; race with --seeds 3 or more",
        "one result": "one result of each: no intervals, and ranks may be chance; race with --seeds 3 or more",
        "unmeasured": "{metric} is not a number in {n} of {runs} runs; these are not counted",
        "high": "{who}: {what} is the highest raced; a better one may lie beyond: {next}",
        "low": "{who}: {what} is the lowest raced; a better one may lie beyond: {next}",
        "target": "target {metric} {sign} {value}: {reached} of {runs} runs",
        "halving": "halving stopped {stopped} of {runs} runs: {share} of the steps were made",
        "unfinished": "not finished ({ended} of {runs} runs); go on with: steepest resume {path}",
        "took": "{ended} runs in {wall} (of which compiling {compiling}), kept in {path}",
        "part": "{ended} of {runs}",
        "kept": "kept in {path}",
        "report": "report: {path}",
        "run": "{optimizer} ({what}), seed {seed}: {status} after {steps} steps",
        "digits": "read pictures with: {command} FILE…",
        "rows": "predict rows of {n} numbers with: {command} rows.csv",
        "; ": "; ",
    },
    "zh": {
        "optimizer": "优化器",
        "setting": "设置",
        "interval": "95 % 置信区间",
        "seeds": "种子数",
        "diverged": "发散",
        "choosing": "按{by}排名，设置就是按它选出的；{of}只列出入选的设置",
        "tied": "= 与第一名没有可辨的差距（同种子比较，整张表的错判率为 5 %）；差距见：steepest compare",
        "few": "? 与第一名共有的种子太少，无法判断",
        "empty": "还没有一次运行有结果",
        "one seed": "只有一个种子：没有区间，名次也可能出于偶然；请用 --seeds 3 或更多",
        "one result": "每项只有一个结果：没有区间，名次也可能出于偶然；请用 --seeds 3 或更多",
        "unmeasured": "{runs} 次运行中有 {n} 次的{metric}不是数值，未计入",
        "high": "{who}：{what} 是试过的最大值，更好的可能还在外面：{next}",
        "low": "{who}：{what} 是试过的最小值，更好的可能还在外面：{next}",
        "target": "目标：{metric} {sign} {value}，{runs} 次运行中有 {reached} 次达到",
        "halving": "中途淘汰了 {runs} 次运行中的 {stopped} 次，只走了全部步数的 {share}",
        "unfinished": "尚未跑完（{runs} 次中完成 {ended} 次）；继续：steepest resume {path}",
        "took": "{ended} 次运行用时 {wall}（其中编译 {compiling}），保存在 {path}",
        "part": "{runs} 次中的 {ended}",
        "kept": "保存在 {path}",
        "report": "报告：{path}",
        "run": "{optimizer}（{what}），种子 {seed}：{status}，共 {steps} 步",
        "digits": "识别图片：{command} FILE…",
        "rows": "对每行 {n} 个数作预测：{command} rows.csv",
        "; ": "；",
    },
}


def say(key: str, **values: Any) -> str:
    """The sentence called `key`, its {fields} filled in."""
    return SENTENCES[reader()][key].format(**values)


def metric_words(metric: str) -> str:
    """A metric's name as a reader has it: `test accuracy`, 测试集准确率."""
    return metric_name(reader(), metric)
