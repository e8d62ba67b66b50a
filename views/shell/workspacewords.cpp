// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/workspacewords.h"

#include "models/workspace/workspace.h"
#include "views/common/format.h"

#include <QCoreApplication>

namespace fd {
namespace {

constexpr qint64 kSecondUs = 1'000'000;
/// A server's clock may be off by this much before it is worth a word.
constexpr qint64 kSkewWorthSaying = 30 * kSecondUs;

QString tr(const char *text) { return QCoreApplication::translate("fd::WorkspaceWords", text); }

QString serverLine(const SyncStatus &status, Instant now)
{
    QStringList parts;
    if (!status.serverTitle.isEmpty())
        parts += status.serverTitle.left(60).simplified();
    QString state = syncWord(status).toLower();
    if (status.kind == SyncStatus::Kind::Mirroring && status.total > 0)
        state = tr("reading %1 of %2").arg(format::count(status.done), format::count(status.total));
    else if (status.asOf && (status.kind == SyncStatus::Kind::Live || status.kind == SyncStatus::Kind::Polling))
        state = tr("%1, %2").arg(state, format::relative(*status.asOf, now));
    else if (status.asOf)
        state = tr("%1, as of %2").arg(state, format::time(*status.asOf, now));
    parts += state;
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QString engineLine(const EngineStatus &status)
{
    switch (status.kind) {
    case EngineStatus::Kind::Here:
        return status.activeRuns == 0
            ? tr("local file · engine runs")
            : QCoreApplication::translate("fd::WorkspaceWords", "local file · %n running", nullptr, status.activeRuns);
    case EngineStatus::Kind::Elsewhere:
        return tr("engine runs in another Flowdeck");
    case EngineStatus::Kind::Failed:
        return tr("engine failed");
    case EngineStatus::Kind::Stopped:
        break;
    }
    return tr("local file · engine stopped");
}

QString syncWord(const SyncStatus &status)
{
    switch (status.kind) {
    case SyncStatus::Kind::Live:
        return tr("Live");
    case SyncStatus::Kind::Polling:
        return tr("Polling");
    case SyncStatus::Kind::Connecting:
        return tr("Connecting");
    case SyncStatus::Kind::Mirroring:
        return tr("Reading");
    case SyncStatus::Kind::Paused:
        return tr("Paused");
    case SyncStatus::Kind::Offline:
        return tr("Offline");
    case SyncStatus::Kind::SignedOut:
        return tr("Signed out");
    case SyncStatus::Kind::Refused:
        return tr("Not usable");
    }
    Q_UNREACHABLE();
}

QString workspaceLine(const Workspace &workspace, Instant now)
{
    return workspace.mirrorsServer() ? serverLine(workspace.syncStatus(), now) : engineLine(workspace.engineStatus());
}

bool isAlarming(const Workspace &workspace)
{
    if (!workspace.mirrorsServer())
        return workspace.engineStatus().kind == EngineStatus::Kind::Failed;
    const SyncStatus::Kind kind = workspace.syncStatus().kind;
    return kind == SyncStatus::Kind::Offline || kind == SyncStatus::Kind::SignedOut
        || kind == SyncStatus::Kind::Refused;
}

SyncBanner syncBanner(const SyncStatus &status, Instant now)
{
    const QString why = status.error ? format::error(*status.error).left(500) : QString();
    const QString age = status.asOf
        ? tr("Everything shown is as of %1.").arg(format::time(*status.asOf, now, format::Seconds::Show))
        : tr("Nothing was read from it yet.");
    switch (status.kind) {
    case SyncStatus::Kind::Offline: {
        QString text = tr("Offline. %1 Reading and searching go on.").arg(age);
        if (status.nextTry && *status.nextTry > now) {
            const qint64 wait = (*status.nextTry - now + kSecondUs - 1) / kSecondUs * kSecondUs;
            text += u' ' + tr("Next try in %1.").arg(format::duration(wait));
        }
        return {.notice = Notice::Look, .text = text, .canRetry = true};
    }
    case SyncStatus::Kind::SignedOut:
        return {.notice = Notice::Broken,
            .text = tr("Signed out. %1 %2 Mend the key under Workspaces.").arg(why, age).simplified(),
            .canRetry = true};
    case SyncStatus::Kind::Refused:
        return {.notice = Notice::Broken, .text = tr("%1 %2").arg(why, age).simplified(), .canRetry = true};
    case SyncStatus::Kind::Paused:
        return {.notice = Notice::Note, .text = tr("Refresh is paused. %1").arg(age), .canRetry = false};
    default:
        break;
    }
    if (std::abs(status.clockSkewUs) >= kSkewWorthSaying) {
        return {.notice = Notice::Look,
            .text = tr("The server's clock and this computer's differ by %1: times and lateness may look wrong.")
                        .arg(format::duration(std::abs(status.clockSkewUs))),
            .canRetry = false};
    }
    if (status.unreadable > 0) {
        return {.notice = Notice::Look,
            .text = QCoreApplication::translate("fd::WorkspaceWords",
                "%n objects of the server could not be read and are not shown.", nullptr, status.unreadable),
            .canRetry = false};
    }
    return {};
}

} // namespace fd
