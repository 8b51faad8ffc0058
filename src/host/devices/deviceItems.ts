import * as vscode from 'vscode';
import { candidates } from '../../engine/devices/candidates';
import { deviceName } from '../../engine/devices/fingerprint';
import { chosen, verdictOn, type Outcome, type Verdict } from '../../engine/devices/verdict';
import { isReference, providerName, REFERENCE, type Execution } from '../../protocol/execution';
import { isPartOf, type Device } from './decide';
import { AUTOMATIC, cudaLibraries } from './deviceSettings';
import type { DeviceOverview } from './devices';
import { differenceText, outcomeText, shortOf, speedText, timeText, whatItIs } from './deviceWords';

export interface DeviceItem extends vscode.QuickPickItem {
  /** Left out: a line between groups. */
  readonly device?: Device | 'automatic';
  /** Whether choosing it is asking to try again what failed. */
  readonly isRetry?: boolean;
  /** Whether something has to be brought first. */
  readonly isMissing?: boolean;
}

/** One way to use a device; the forms of attention are ours to choose. */
interface Row {
  readonly of: Device;
  readonly execution: Execution;
  /** The best of its verdicts. */
  readonly verdict?: Verdict;
  readonly isTested: boolean;
}

/** From the best to the worst. */
const ORDER: readonly Outcome[] = ['works', 'slow', 'wrong', 'failed', 'hung', 'crashed', 'unavailable'];

/** What may compute here, in groups: whether it works, why not, and how fast it is. */
export function deviceItems(overview: DeviceOverview): DeviceItem[] {
  const { t } = vscode.l10n;
  const { known, automatic } = overview;
  const { provider, precision } = overview.choice;
  const isAutomatic = provider === AUTOMATIC.provider && precision === AUTOMATIC.precision;
  return [
    {
      label: t('Automatic'),
      description: t('now {0}', shortOf(automatic)),
      detail: t('The fastest that is exact enough with the model in use.'),
      iconPath: new vscode.ThemeIcon(isAutomatic ? 'check' : 'sparkle'),
      device: 'automatic',
    },
    group(t('This Machine')),
    ...providersOf(candidates(known.listed, known.place)).flatMap((provider) =>
      rowsOf(overview, provider).map((row) => deviceItem(overview, row)),
    ),
  ];
}

/** A row for each precision; one for all where the device does not work at all. */
function rowsOf({ known, running }: DeviceOverview, provider: string): Row[] {
  const ways = candidates(known.listed, known.place).filter((execution) => execution.provider === provider);
  const missing = known.unavailable.get(provider);
  if (missing !== undefined) {
    const [execution] = ways as [Execution];
    return [{ of: { provider }, execution, verdict: { execution, outcome: 'unavailable', reason: missing }, isTested: false }]; // prettier-ignore
  }
  const rows = [...new Set(ways.map(({ precision }) => precision))].map((precision): Row => {
    const of = { provider, precision };
    const forms = ways.filter((execution) => isPartOf(execution, of));
    const verdicts = forms.flatMap((execution) => verdictOn(execution, known.verdicts) ?? []);
    const [verdict] = verdicts.sort(better);
    const isTested = running !== undefined && isPartOf(running.trying, of);
    return { of, execution: verdict?.execution ?? forms[0]!, verdict, isTested };
  });
  const [first] = rows as [Row];
  const isAlike = rows.every(({ verdict }) => isBroken(verdict) && verdict?.reason === first.verdict?.reason);
  return rows.length > 1 && isAlike
    ? [{ ...first, of: { provider }, isTested: rows.some(({ isTested }) => isTested) }]
    : rows;
}

function deviceItem(overview: DeviceOverview, row: Row): DeviceItem {
  const { of, verdict } = row;
  return {
    label: [providerName(of.provider), of.precision].filter(Boolean).join(' · '),
    description: descriptionOf(overview, row),
    detail: detailOf(row),
    iconPath: new vscode.ThemeIcon(iconOf(row, isChosen(overview, row))),
    device: of,
    isRetry: isBroken(verdict),
    isMissing: verdict?.outcome === 'unavailable',
  };
}

/** `Some GPU · 38 ms a picture · 4.2× the CPU · in use` */
function descriptionOf(
  { known: { verdicts }, machine, now }: DeviceOverview,
  { of, execution, verdict, isTested }: Row,
) {
  const { t } = vscode.l10n;
  const { outcome, milliseconds } = verdict ?? {};
  const reference = verdictOn(REFERENCE, verdicts)?.milliseconds;
  const isFaster = outcome === 'works' && !isReference(execution);
  const isWorthIt = chosen(verdicts, [REFERENCE, execution]) === execution;
  const parts = [
    deviceName(machine, of.provider),
    milliseconds ? timeText(milliseconds) : undefined, // 0: it was not timed
    isFaster && milliseconds && reference ? speedText(milliseconds, reference) : undefined,
    isTested ? t('being tested…') : outcome ? outcomeText(outcome) : t('not tested yet'),
    isFaster && !isWorthIt && t('too little gain'),
    isPartOf(now, of) && t('in use'),
  ];
  return parts.filter(Boolean).join(' · ');
}

function detailOf({ execution, verdict }: Row): string {
  const { t } = vscode.l10n;
  switch (verdict?.outcome) {
    case undefined:
      return whatItIs(execution);
    case 'works':
    case 'slow':
      return verdict.maps ? differenceText(verdict.maps) : whatItIs(execution);
    case 'unavailable':
      return cudaLibraries() === ''
        ? t('Needs libraries that are not included: choose this to name their folder.')
        : (verdict.reason ?? '');
    case 'wrong':
    case 'failed':
    case 'hung':
    case 'crashed':
      return verdict.reason ?? '';
  }
}

function iconOf({ verdict, isTested }: Row, isChosen: boolean): string {
  if (isTested) return 'loading~spin';
  if (isChosen) return 'check';
  if (!verdict) return 'question';
  return verdict.outcome === 'works' ? 'chip' : verdict.outcome === 'slow' ? 'watch' : 'circle-slash';
}

/** Whether the settings name this row: where they leave the precision open, the one that is used. */
function isChosen({ choice: { provider, precision }, now }: DeviceOverview, { of }: Row): boolean {
  if (provider === AUTOMATIC.provider) return precision !== AUTOMATIC.precision && isPartOf(now, of);
  if (provider !== of.provider) return false;
  if (of.precision === undefined) return true;
  return precision === AUTOMATIC.precision ? isPartOf(now, of) : precision === of.precision;
}

function isBroken(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && ORDER.indexOf(verdict.outcome) > ORDER.indexOf('wrong');
}

function better(a: Verdict, b: Verdict): number {
  const rank = ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome);
  return rank === 0 ? (a.milliseconds ?? Infinity) - (b.milliseconds ?? Infinity) : rank;
}

function providersOf(executions: readonly Execution[]): string[] {
  return [...new Set(executions.map(({ provider }) => provider))];
}

function group(label: string): DeviceItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
