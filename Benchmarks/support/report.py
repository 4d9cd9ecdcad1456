"""Markdown of what was measured."""
import statistics

MARK = " ◀"


def median(samples): return statistics.median(samples)


class Job:
    """The runs of one contestant at one job, and what lay on the disk afterwards, in MB."""

    def __init__(self): self.runs, self.sizes = [], []

    def add(self, run, size):
        self.runs.append(run)
        self.sizes.append(size)

    @property
    def seconds(self): return [run.seconds for run in self.runs]

    @property
    def figures(self):
        """Medians of seconds and memory, and the last size."""
        return median(self.seconds), median([run.peak for run in self.runs]), self.sizes[-1]


def table(title, count, unit, rows, base):
    """`rows` are pairs of a name and its job or, where there is none, a reason; `base` is Hoso's job."""
    print(f"\n| {title} | seconds | least to most | CPU s | {unit}/s | peak MB | on disk MB | times Hoso's "
          "| better than Hoso in |\n|" + " --- |" * 9)
    for name, job in rows:
        if isinstance(job, str):
            print(f"| {name} | missing: {job} | | | | | | | |")
            continue
        seconds, memory, disk = job.figures
        better = [what for what, mine, other in zip(("time", "memory", "disk"), base.figures, job.figures) if other < mine]
        marks = [MARK if what in better else "" for what in ("time", "memory", "disk")]
        processor = median([run.processor for run in job.runs])
        print(f"| {name} | {seconds:.2f}{marks[0]} | {min(job.seconds):.2f} to {max(job.seconds):.2f} | {processor:.2f} "
              f"| {count / seconds:,.0f} | {memory:,.0f}{marks[1]} | {disk:,.1f}{marks[2]} | {seconds / base.figures[0]:.2f} "
              f"| {', '.join(better)} |")


def together(rows):
    """Jobs that stand for one after the other: seconds added, the larger memory, what is on the disk in the end."""
    whole = []
    for name, first, second in rows:
        if isinstance(first, str):
            whole.append((name, first))
            continue
        if not second.runs: continue
        job = Job()
        for one, two, size in zip(first.runs, second.runs, second.sizes):
            job.add(type(one)(one.seconds + two.seconds, one.processor + two.processor, max(one.peak, two.peak), ""), size)
        whole.append((name, job))
    return whole


def questions(title, rows):
    """`rows` has for each name the milliseconds of cold processes and on an open connection, for each question."""
    head = "".join(f" {question}, cold process, ms | open connection, ms |" for question in title)
    print(f"\n| question |{head}\n| --- |{' --- | --- |' * len(title)}")
    base = [median(cold) for cold, _ in rows[0][1]]
    for name, told in rows:
        cells = ""
        for (cold, warm), mine in zip(told, base):
            mark, warmer = (MARK if middle < mine else "" for middle in (median(cold), warm if warm is not None else mine))
            cells += f" {median(cold):.1f} ({min(cold):.1f} to {max(cold):.1f}){mark} |"
            cells += f" {warm:.2f}{warmer} |" if warm is not None else " |"
        print(f"| {name} |{cells}")


def agreement(told, found):
    """`told` are pairs of a name and its answers, Hoso's first; `found` sentences about what differs."""
    names = [name for name, _ in told]
    print(f"\n| answers | {' | '.join(names)} |\n| --- |{' --- |' * len(names)}")
    columns = [answers.figures() for _, answers in told]
    for what in columns[0]:
        print(f"| {what} | {' | '.join(f'{column[what]:,}' for column in columns)} |")
    same = ["yes" if answers.rows == told[0][1].rows else "**no**" for _, answers in told[1:]]
    print(f"| every person's row as Hoso's | | {' | '.join(same)} |")
    for sentence in found: print(f"\n**Disagreement:** {sentence}")
