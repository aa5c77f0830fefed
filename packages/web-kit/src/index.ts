/**
 * What the web faces share: the look ("Escutcheon": tokens, theme, the plate), the words (messages in every
 * language, moments and numbers as people read them, codes as sentences), the session, what is loaded and
 * kept live, and the ladder of an opening. Nothing in here knows a page; whatever a second face would need
 * belongs in here.
 */
export { ActivityRow } from './activity/ActivityRow.tsx';
export { type ActivityChoice, filterOf, matchesFilter, queryOf } from './activity/activity-filter.ts';
export { client } from './api/client.ts';
export { keys } from './api/keys.ts';
export { createQueryClient, isSignedOut } from './api/query-client.ts';
export { serverNow } from './api/server-clock.ts';
export { useServerSilence } from './api/silence.ts';
export { ConfirmDialog } from './dialog/ConfirmDialog.tsx';
export { Dialog } from './dialog/Dialog.tsx';
export { ReasonDialog } from './dialog/ReasonDialog.tsx';
export { CopyButton } from './feedback/CopyButton.tsx';
export { EmptyState } from './feedback/EmptyState.tsx';
export { ErrorNotice } from './feedback/ErrorNotice.tsx';
export { FormError } from './feedback/FormError.tsx';
export { LiveSign } from './feedback/LiveSign.tsx';
export { NotPermitted } from './feedback/NotPermitted.tsx';
export { Notice } from './feedback/Notice.tsx';
export { Tag, type TagTone } from './feedback/Tag.tsx';
export { ActionButton } from './form/action/ActionButton.tsx';
export { isLine, isName } from './form/line-fields.ts';
export { isEmail, isPassword } from './form/account-fields.ts';
export { CodeField } from './form/CodeField.tsx';
export { type Field, fieldOf, focusFirstProblem } from './form/fields.ts';
export { errorBesidePassword, passwordFieldOf } from './form/password-field.ts';
export { PasswordField } from './form/PasswordField.tsx';
export { type ChosenFilter, chosenOf, FilterBar } from './filter/FilterBar.tsx';
export { FilterSelect } from './filter/FilterSelect.tsx';
export { FilterText } from './filter/FilterText.tsx';
export { TextField } from './form/TextField.tsx';
export { accountProblem } from './words/account-problem.ts';
export { activityNames, activitySentence } from './words/activity-text.ts';
export { auditOutcomeNames, fieldName, operationName, operationNames } from './words/audit-text.ts';
export { detailText } from './words/detail-text.ts';
export { textOf } from './words/error-text.ts';
export { countdown, createFormat, type Format } from './i18n/format.ts';
export * from './i18n/locale.ts';
export { m } from './i18n/messages.ts';
export { checkWords } from './words/check-text.ts';
export {
  enforcementText,
  keyStatusNames,
  keyTypeNames,
  suspensionTexts,
  usesText,
  usesTextAt,
} from './words/key-text.ts';
export { methodWords } from './words/method-text.ts';
export { modelText } from './words/model-text.ts';
export { reasonText } from './words/reason-text.ts';
export {
  connectionText,
  doorText,
  lockLine,
  type Look,
  obstacleText,
  statusNames,
} from './words/state-text.ts';
export { type Clock, useClock } from './i18n/use-clock.ts';
export { useFormat } from './i18n/use-format.ts';
export { useLocale } from './i18n/use-locale.ts';
export {
  addDays,
  type CalendarDate,
  dayIn,
  hourIn,
  instantsOf,
  isKnownZone,
  startOfDay,
  type WallMinute,
  wallMinuteIn,
  zoneOfBrowser,
} from './i18n/zone.ts';
export { statusAt } from './key/status-at.ts';
export { LiveProvider, useLiveEvents, useLiveStatus } from './live/LiveProvider.tsx';
export type { LiveStatus } from './live/live-stream.ts';
export { isHeard } from './lock/hearing.ts';
export { Plate } from './lock/Plate.tsx';
export { type PlateState, plateStateOf, plateStates } from './lock/plate-state.ts';
export { StatusTag } from './lock/StatusTag.tsx';
export { Ladder } from './opening/Ladder.tsx';
export { sentenceOf } from './opening/ladder-text.ts';
export { type Intention, intentionAt } from './opening/intention.ts';
export { type Hearing, ladderOf, type LadderView } from './opening/ladder.ts';
export { OpenButton } from './opening/OpenButton.tsx';
export { obstacleToOpen, type OpenObstacle } from './opening/openable.ts';
export { DemoBanner } from './page/DemoBanner.tsx';
export { useNow } from './page/use-now.ts';
export { useDialogTitle, usePageTitle } from './page/use-page-title.ts';
export { QrImage } from './qr/QrImage.tsx';
export { QrPicture } from './qr/QrPicture.tsx';
export { qrModules } from './qr/qr-modules.ts';
export { useActivity } from './queries/activity.ts';
export { locksQuery, pollMs, useDashboard, useLocks } from './queries/locks.ts';
export { useOpening } from './queries/opening.ts';
export { useIntention } from './queries/use-intention.ts';
export {
  isCodeNeeded,
  useMay,
  useMembership,
  usePasskeySignIn,
  useSession,
  useSignIn,
  useSignOut,
} from './queries/session.ts';
export { askConfirmedSession, installationQuery, sessionQuery } from './queries/session-queries.ts';
export { canUsePasskeys, makePasskey } from './session/passkey.ts';
export { PasskeyButton } from './session/PasskeyButton.tsx';
export { ProviderButton } from './session/ProviderButton.tsx';
export { leaveForProvider, takeNext, tellSignedOn } from './session/sign-on.ts';
export { CodeInput } from './session/CodeInput.tsx';
export { SignInCodeForm } from './session/SignInCodeForm.tsx';
export { SessionGuard } from './session/SessionGuard.tsx';
export { WhyAnswer } from './why/WhyAnswer.tsx';
export { theme } from './theme/theme.ts';
export { ThemeProvider } from './theme/ThemeProvider.tsx';
