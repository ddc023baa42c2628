// The rule of the self-check: which step of the ladder the ticks point to. Severity first, never the majority.
//
// 1. grave  A tick at a grave step (4 and 5) is never outvoted: the gravest step with one is named,
//           and every grave step with one is told of before anything else.
// 2. two    Else the step furthest down the ladder that has at least two ticks.
// 3. share  Else (one tick a step at most, none of them grave) the step with the largest share of its own
//           signs, because steps have more or fewer of them; of several as large, the one furthest down.
//
// What fills most is told beside it and decides nothing but case 3: all steps with the largest share, so that a tie
// is said as a tie. Shares are compared as whole numbers: 1/3 and 2/6 are the same share.
//
// Takes the steps as [{ number, of, ticked, isGrave }]: `of` signs, of which `ticked` are.
// Gives { step, why, grave, most }: the step's number and the case above, or null without a tick; the numbers of the
// grave steps with a tick, the gravest first; and those of the steps that fill most, from the top of the ladder.
export function weigh(steps) {
  const ticked = steps.filter((step) => step.ticked > 0).sort((a, b) => b.number - a.number);
  const grave = ticked.filter((step) => step.isGrave);
  const two = ticked.filter((step) => step.ticked >= 2);
  const most = ticked.filter((step) => ticked.every((other) => step.ticked * other.of >= other.ticked * step.of));
  const [why, named] = [["grave", grave], ["two", two], ["share", most]].find(([, found]) => found.length) ?? [null, []];
  const numbers = (found) => found.map((step) => step.number);
  return { step: named[0]?.number ?? null, why, grave: numbers(grave), most: numbers(most).reverse() };
}
