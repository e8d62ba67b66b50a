// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statemark.h"

#include <QCoreApplication>

namespace fd {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::StateWord)
};

struct KnownState {
    StateType type;
    QStringView name;
    StateLook look;
    const char *word;
};

using enum MarkShape;
using enum MarkSign;

constexpr std::array kKnown{
    KnownState{StateType::Completed, u"Completed", {Disc, Tick, StateHue::Completed},
        QT_TRANSLATE_NOOP("fd::StateWord", "Completed")},
    KnownState{StateType::Completed, u"Cached", {Ring, Tick, StateHue::Completed},
        QT_TRANSLATE_NOOP("fd::StateWord", "Cached")},
    KnownState{StateType::Completed, u"RolledBack", {Ring, Tick, StateHue::Completed},
        QT_TRANSLATE_NOOP("fd::StateWord", "Rolled back")},
    KnownState{
        StateType::Running, u"Running", {Disc, Play, StateHue::Running}, QT_TRANSLATE_NOOP("fd::StateWord", "Running")},
    KnownState{StateType::Running, u"Retrying", {Disc, Turn, StateHue::Running},
        QT_TRANSLATE_NOOP("fd::StateWord", "Retrying")},
    KnownState{StateType::Running, u"Rerunning", {Disc, Turn, StateHue::Running},
        QT_TRANSLATE_NOOP("fd::StateWord", "Rerunning")},
    KnownState{StateType::Scheduled, u"Scheduled", {Ring, Hands, StateHue::Scheduled},
        QT_TRANSLATE_NOOP("fd::StateWord", "Scheduled")},
    KnownState{StateType::Scheduled, u"Resuming", {Ring, Hands, StateHue::Scheduled},
        QT_TRANSLATE_NOOP("fd::StateWord", "Resuming")},
    KnownState{
        StateType::Scheduled, u"Late", {Disc, Hands, StateHue::Late, true}, QT_TRANSLATE_NOOP("fd::StateWord", "Late")},
    KnownState{StateType::Scheduled, u"AwaitingRetry", {DashedRing, Hands, StateHue::Scheduled},
        QT_TRANSLATE_NOOP("fd::StateWord", "Awaiting retry")},
    KnownState{StateType::Scheduled, u"AwaitingConcurrencySlot", {DashedRing, Hands, StateHue::Scheduled},
        QT_TRANSLATE_NOOP("fd::StateWord", "Awaiting a slot")},
    KnownState{
        StateType::Pending, u"Pending", {Ring, Dots, StateHue::Pending}, QT_TRANSLATE_NOOP("fd::StateWord", "Pending")},
    KnownState{StateType::Pending, u"Submitting", {Ring, Dots, StateHue::Pending},
        QT_TRANSLATE_NOOP("fd::StateWord", "Submitting")},
    KnownState{StateType::Pending, u"InfrastructurePending", {Ring, Dots, StateHue::Pending},
        QT_TRANSLATE_NOOP("fd::StateWord", "Infrastructure pending")},
    KnownState{
        StateType::Paused, u"Paused", {Ring, Bars, StateHue::Pending}, QT_TRANSLATE_NOOP("fd::StateWord", "Paused")},
    KnownState{StateType::Paused, u"Suspended", {Ring, Bars, StateHue::Pending},
        QT_TRANSLATE_NOOP("fd::StateWord", "Suspended")},
    KnownState{StateType::Failed, u"Failed", {Square, Cross, StateHue::Failed, true},
        QT_TRANSLATE_NOOP("fd::StateWord", "Failed")},
    KnownState{StateType::Failed, u"TimedOut", {Square, Hands, StateHue::Failed, true},
        QT_TRANSLATE_NOOP("fd::StateWord", "Timed out")},
    KnownState{StateType::Crashed, u"Crashed", {Triangle, Bang, StateHue::Crashed, true},
        QT_TRANSLATE_NOOP("fd::StateWord", "Crashed")},
    // Orion has no CRASHED type: its crashes are Failed by type and "Crashed" by name.
    KnownState{StateType::Failed, u"Crashed", {Triangle, Bang, StateHue::Crashed, true},
        QT_TRANSLATE_NOOP("fd::StateWord", "Crashed")},
    KnownState{StateType::Cancelling, u"Cancelling", {DashedRing, Slash, StateHue::Cancelling},
        QT_TRANSLATE_NOOP("fd::StateWord", "Cancelling")},
    // Before it had a type of its own, cancelling was Cancelled by type.
    KnownState{StateType::Cancelled, u"Cancelling", {DashedRing, Slash, StateHue::Cancelling},
        QT_TRANSLATE_NOOP("fd::StateWord", "Cancelling")},
    KnownState{StateType::Cancelled, u"Cancelled", {Ring, Slash, StateHue::Cancelled},
        QT_TRANSLATE_NOOP("fd::StateWord", "Cancelled")},
};

/// The plain silhouette of each type, for names nobody told us about.
constexpr std::array<StateLook, kStateTypeCount> kPlain{{
    {Ring, None, StateHue::Scheduled},
    {Ring, None, StateHue::Pending},
    {Disc, None, StateHue::Running},
    {Disc, None, StateHue::Completed},
    {Square, None, StateHue::Failed, true},
    {Ring, None, StateHue::Cancelled},
    {Triangle, None, StateHue::Crashed, true},
    {Ring, None, StateHue::Pending},
    {DashedRing, None, StateHue::Cancelling},
    {Ring, None, StateHue::Pending},
}};

const KnownState *known(StateType type, QStringView name)
{
    const auto *found = std::find_if(kKnown.begin(), kKnown.end(),
        [type, name](const KnownState &state) { return state.type == type && state.name == name; });
    return found == kKnown.end() ? nullptr : found;
}

} // namespace

StateLook stateLook(StateType type, QStringView name)
{
    const KnownState *state = known(type, name);
    return state ? state->look : kPlain[static_cast<size_t>(type)];
}

QString stateWord(StateType type, const QString &name)
{
    if (const KnownState *state = known(type, name))
        return Words::tr(state->word);
    return name.isEmpty() ? defaultStateName(type) : name;
}

const QColor &stateColor(StateType type, QStringView name, const Theme &theme)
{
    return theme.state(stateLook(type, name).hue);
}

} // namespace fd
