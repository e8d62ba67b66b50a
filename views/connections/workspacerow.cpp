// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/workspacerow.h"

#include "views/common/format.h"
#include "views/common/plaintext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace fd {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fd::WorkspaceRow)
};

const QString kDot = QStringLiteral(" · ");

TwoLines engineLines(const EngineStatus &engine)
{
    switch (engine.kind) {
    case EngineStatus::Kind::Here:
        return {Words::tr("Running"),
            engine.activeRuns == 0 ? Words::tr("on this computer")
                                   : Words::tr("%n runs now", nullptr, engine.activeRuns)};
    case EngineStatus::Kind::Elsewhere:
        return {Words::tr("Running"), Words::tr("in another Flowdeck")};
    case EngineStatus::Kind::Failed:
        return {Words::tr("Engine failed"), oneLine(engine.detail)};
    case EngineStatus::Kind::Stopped:
        break;
    }
    return {Words::tr("Stopped"), Words::tr("nothing is run")};
}

QString syncWord(SyncStatus::Kind kind)
{
    switch (kind) {
    case SyncStatus::Kind::Live:
        return Words::tr("Live");
    case SyncStatus::Kind::Polling:
        return Words::tr("Polling");
    case SyncStatus::Kind::Connecting:
        return Words::tr("Connecting");
    case SyncStatus::Kind::Mirroring:
        return Words::tr("Reading");
    case SyncStatus::Kind::Paused:
        return Words::tr("Paused");
    case SyncStatus::Kind::Offline:
        return Words::tr("Offline");
    case SyncStatus::Kind::SignedOut:
        return Words::tr("Signed out");
    case SyncStatus::Kind::Refused:
        return Words::tr("Not usable");
    }
    return {};
}

QString syncDetail(const SyncStatus &sync, Instant now)
{
    const bool follows = sync.kind == SyncStatus::Kind::Live || sync.kind == SyncStatus::Kind::Polling;
    const format::Seconds seconds = follows ? format::Seconds::Show : format::Seconds::Hide;
    QStringList parts;
    if (sync.kind == SyncStatus::Kind::Mirroring && sync.total > 0)
        parts += Words::tr("%1 of %2").arg(format::count(sync.done), format::count(sync.total));
    if (sync.kind == SyncStatus::Kind::SignedOut)
        parts += Words::tr("the key was refused");
    if (sync.asOf)
        parts += Words::tr("as of %1").arg(format::time(*sync.asOf, now, seconds));
    if (sync.kind == SyncStatus::Kind::Offline && sync.nextTry && *sync.nextTry > now)
        parts += Words::tr("next try %1").arg(format::relative(*sync.nextTry, now));
    if (sync.kind == SyncStatus::Kind::Refused && sync.error)
        parts += oneLine(format::error(*sync.error));
    return parts.join(kDot);
}

} // namespace

TwoLines nameLines(const WorkspaceRow &row)
{
    const QString where = row.entry.isServer ? row.entry.connection.apiUrl.toDisplayString() : Words::tr("local file");
    return {oneLine(row.entry.name), oneLine(where)};
}

TwoLines serverLines(const WorkspaceRow &row)
{
    if (!row.entry.isServer)
        return {Words::tr("Local engine"), row.isOpen ? Words::tr("runs here") : QString()};
    const QString title = oneLine(row.sync.serverTitle);
    if (!row.isOpen || title.isEmpty())
        return {QString(format::kAbsent), {}};
    return {title, row.can.reason.isEmpty() ? Words::tr("every action") : oneLine(row.can.reason)};
}

TwoLines connectionLines(const WorkspaceRow &row, Instant now)
{
    if (row.failure)
        return {Words::tr("Did not open"), oneLine(format::error(*row.failure))};
    if (!row.isOpen)
        return {Words::tr("Not open"), Words::tr("Enter opens it")};
    if (!row.entry.isServer)
        return engineLines(row.engine);
    return {syncWord(row.sync.kind), syncDetail(row.sync, now)};
}

TwoLines protectionLines(Protection protection)
{
    switch (protection) {
    case Protection::Production:
        return {Words::tr("Production"), Words::tr("asks before runs")};
    case Protection::ReadOnly:
        return {Words::tr("Read-only"), Words::tr("no action can write")};
    case Protection::None:
        break;
    }
    return {QString(format::kAbsent), {}};
}

Readiness readinessOf(const WorkspaceRow &row)
{
    if (row.failure)
        return Readiness::Broken;
    if (!row.isOpen)
        return Readiness::Waiting;
    if (!row.entry.isServer) {
        if (row.engine.kind == EngineStatus::Kind::Failed)
            return Readiness::Broken;
        return row.engine.kind == EngineStatus::Kind::Stopped ? Readiness::Waiting : Readiness::Ready;
    }
    switch (row.sync.kind) {
    case SyncStatus::Kind::Live:
    case SyncStatus::Kind::Polling:
    case SyncStatus::Kind::Mirroring:
        return Readiness::Ready;
    case SyncStatus::Kind::Connecting:
    case SyncStatus::Kind::Paused:
        return Readiness::Waiting;
    default:
        return Readiness::Broken;
    }
}

QString countText(const std::optional<WorkspaceCounts::Counts> &counts, bool runs)
{
    if (!counts)
        return QString(format::kAbsent);
    return format::count(runs ? counts->runs : counts->deployments);
}

QString spokenWorkspace(const WorkspaceRow &row, Instant now)
{
    const TwoLines name = nameLines(row);
    const TwoLines server = serverLines(row);
    const TwoLines connection = connectionLines(row, now);
    QStringList parts{name.first, name.second, server.first, connection.first, connection.second};
    if (row.counts)
        parts << Words::tr("%1 deployments").arg(countText(row.counts, false))
              << Words::tr("%1 runs").arg(countText(row.counts, true));
    if (row.entry.protection != Protection::None)
        parts << protectionLines(row.entry.protection).first;
    parts.removeAll({});
    parts.removeAll(QString(format::kAbsent));
    return parts.join(QStringLiteral(", "));
}

qint64 keptBytes(const QString &storePath)
{
    qint64 bytes = 0;
    for (const char *suffix : {"", "-wal", "-shm"})
        bytes += QFileInfo(storePath + QLatin1String(suffix)).size();
    return bytes;
}

} // namespace fd
