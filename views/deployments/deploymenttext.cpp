// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/deploymenttext.h"

#include "views/common/format.h"
#include "views/common/statemark.h"
#include "views/common/stripbars.h"

#include <QCoreApplication>

namespace fd {
namespace {

constexpr qint64 kSecondUs = 1'000'000;
constexpr qint64 kLateUs = 15 * kSecondUs;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::DeploymentText)
};

QString lastDetail(const DeploymentRow &row, Instant now)
{
    if (row.lastRun == 0)
        return {};
    const State &state = row.lastState;
    if (isTerminal(state.type)) {
        const QString ago = format::relative(row.lastEnd.value_or(state.timestamp), now);
        if (!row.lastStart || !row.lastEnd)
            return ago;
        return Words::tr("%1 · %2").arg(ago, format::duration(*row.lastEnd - *row.lastStart));
    }
    const Instant since = row.lastStart.value_or(state.timestamp);
    if (state.type == StateType::Scheduled && (state.scheduledTime || row.nextRun))
        return format::relative(state.scheduledTime.value_or(row.nextRun.value_or(now)), now);
    return Words::tr("for %1").arg(format::duration(now - since));
}

void fillSchedule(DeploymentWords &words, const DeploymentRow &row)
{
    const format::ScheduleText text = format::schedule(row.schedule);
    words.scheduleQuiet = row.scheduleCount == 0 || row.paused;
    if (row.scheduleCount == 0) {
        words.schedule = Words::tr("No schedule");
        words.scheduleDetail = row.parameterCount == 0 ? QString() : parameterCountText(row.parameterCount);
    } else if (row.paused) {
        words.schedule = Words::tr("Paused");
        words.scheduleDetail = Words::tr("was %1").arg(oneLine(text.rule));
    } else {
        words.schedule = oneLine(text.rule);
        words.scheduleDetail
            = row.scheduleCount > 1 ? Words::tr("%n schedules", nullptr, row.scheduleCount) : oneLine(text.zone);
    }
}

} // namespace

Message plainMessage(Notice notice, const QString &title, const QString &detail)
{
    return {.notice = notice, .title = title, .detail = detail, .actions = {}, .shownAt = {}};
}

QString parameterCountText(int count)
{
    return count == 1 ? Words::tr("1 parameter") : Words::tr("%n parameters", nullptr, count);
}

bool isLate(const DeploymentRow &row, Instant now)
{
    return !row.paused && row.nextRun && now - *row.nextRun >= kLateUs && row.activeRuns == 0;
}

MarkState nowMark(const DeploymentRow &row, Instant now)
{
    if (isLate(row, now))
        return {.type = StateType::Scheduled, .name = QStringLiteral("Late")};
    if (row.lastRun != 0 && !isTerminal(row.lastState.type))
        return {.type = row.lastState.type, .name = row.lastState.name};
    if (row.paused)
        return {.type = StateType::Paused, .name = QStringLiteral("Paused")};
    if (row.lastRun == 0)
        return {.none = true};
    return {.type = row.lastState.type, .name = row.lastState.name};
}

DeploymentWords deploymentWords(const DeploymentRow &row, Instant now)
{
    DeploymentWords words;
    words.name = oneLine(row.name);
    words.flow = oneLine(row.flowName);
    words.version = row.version.isEmpty() ? QString(format::kAbsent) : oneLine(row.version);
    words.created = format::time(row.created, now);
    words.updated = format::time(row.updated, now);
    words.lastDetail = lastDetail(row, now);
    fillSchedule(words, row);
    words.late = isLate(row, now);
    if (!row.nextRun) {
        words.nextRun = format::kAbsent;
    } else {
        words.nextRun = format::time(*row.nextRun, now);
        words.nextRunDetail = words.late ? format::lateness(now - *row.nextRun) : format::relative(*row.nextRun, now);
    }
    return words;
}

const DeploymentWords &DeploymentWordCache::words(const DeploymentRow &row, Instant now)
{
    constexpr qsizetype kMost = 1000;
    constexpr qint64 kActiveUs = kSecondUs / 2;
    constexpr qint64 kQuietUs = 10 * kSecondUs;
    const auto found = m_known.constFind(row.row);
    if (found != m_known.constEnd() && now < found->until)
        return found->words;
    if (m_known.size() >= kMost)
        m_known.clear();
    const bool active = row.activeRuns > 0 || (row.lastEnd && now - *row.lastEnd < 60 * kSecondUs);
    return m_known.insert(row.row, {deploymentWords(row, now), now.plusUs(active ? kActiveUs : kQuietUs)})->words;
}

QString deploymentCellText(const DeploymentRow &row, DeploymentColumn column, Instant now)
{
    const auto pair = [](const QString &first, const QString &second) {
        return second.isEmpty() ? first : Words::tr("%1, %2").arg(first, second);
    };
    const DeploymentWords words = deploymentWords(row, now);
    switch (column) {
    case DeploymentColumn::State: {
        const MarkState mark = nowMark(row, now);
        return mark.none ? Words::tr("No run yet") : stateWord(mark.type, mark.name);
    }
    case DeploymentColumn::Name:
        return row.name;
    case DeploymentColumn::Tags:
        return row.tags.join(QStringLiteral(", "));
    case DeploymentColumn::Schedule:
        return pair(words.schedule, words.scheduleDetail);
    case DeploymentColumn::NextRun:
        return pair(words.nextRun, words.nextRunDetail);
    case DeploymentColumn::LastRun:
        return row.lastRun == 0 ? QString(format::kAbsent)
                                : pair(stateWord(row.lastState.type, row.lastState.name), words.lastDetail);
    case DeploymentColumn::Activity:
        return strip::spokenText(row.strip.endingOn(localDay(now)));
    case DeploymentColumn::Run:
        return Words::tr("Quick Run %1").arg(words.name);
    case DeploymentColumn::Version:
        return words.version;
    case DeploymentColumn::Created:
        return words.created;
    case DeploymentColumn::Updated:
        return words.updated;
    }
    return {};
}

QString spokenDeployment(const DeploymentRow &row, Instant now)
{
    const DeploymentWords words = deploymentWords(row, now);
    QStringList parts{words.name, words.flow};
    if (words.late)
        parts += Words::tr("late by %1").arg(format::duration(now - *row.nextRun));
    if (row.nextRun)
        parts += Words::tr("next %1").arg(words.nextRun);
    if (row.lastRun != 0)
        parts += Words::tr("last %1 %2").arg(stateWord(row.lastState.type, row.lastState.name), words.lastDetail);
    else
        parts += Words::tr("no run yet");
    return parts.join(QStringLiteral(", "));
}

} // namespace fd
