// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/remoteworkspace.h"

#include "models/store/settingrepository.h"
#include "models/workspace/syncloop.h"

#include <QFileInfo>

namespace fd {
namespace {

Error readOnly()
{
    return {.kind = ErrorKind::Validation,
        .detail = RemoteWorkspace::tr("This workspace is read-only."),
        .field = {},
        .file = {}};
}

} // namespace

Result<std::unique_ptr<RemoteWorkspace>> RemoteWorkspace::open(RemoteWorkspaceOptions options)
{
    FD_TRY_ASSIGN(store, Store::open(options.storePath, Store::OpenMode::CreateIfMissing));
    // The constructor is private, which std::make_unique cannot reach.
    return std::unique_ptr<RemoteWorkspace>(new RemoteWorkspace(std::move(store), std::move(options)));
}

RemoteWorkspace::RemoteWorkspace(std::unique_ptr<Store> store, RemoteWorkspaceOptions options)
    : m_location(options.connection.apiUrl.toDisplayString()), m_store(std::move(store))
{
    m_name
        = options.name.isEmpty() ? SettingRepository(m_store->reader()).value(setting::kWorkspaceName) : options.name;
    if (m_name.isEmpty())
        m_name = QFileInfo(options.storePath).completeBaseName();
    // Nobody waits for it: without it, the same name is made up at the next opening.
    std::ignore = m_store->write(
        [name = m_name](Connection &db) { SettingRepository(db).setValue(setting::kWorkspaceName, name); });
    m_loop = SyncLoop::start(*m_store,
        {.connection = options.connectAtOnce ? std::move(options.connection) : ConnectionSettings(),
            .refreshSeconds = options.refreshSeconds,
            .keptDays = options.keptDays,
            .clock = std::move(options.clock)});
    connect(m_loop.get(), &SyncLoop::statusChanged, this, &RemoteWorkspace::syncStatusChanged);
}

RemoteWorkspace::~RemoteWorkspace()
{
    disconnect(m_loop.get(), nullptr, this, nullptr);
    m_loop->stop();
}

Capabilities RemoteWorkspace::capabilities() const
{
    Capabilities capabilities;
    capabilities.reason = readOnly().detail;
    return capabilities;
}

SyncStatus RemoteWorkspace::syncStatus() const { return m_loop->status(); }

void RemoteWorkspace::refresh() { m_loop->refresh(); }

void RemoteWorkspace::setSyncPaused(bool paused) { m_loop->setPaused(paused); }

void RemoteWorkspace::followRun(RowId run) { m_loop->follow(run); }

void RemoteWorkspace::unfollowRun(RowId run) { m_loop->unfollow(run); }

void RemoteWorkspace::setConnection(ConnectionSettings connection)
{
    m_location = connection.apiUrl.toDisplayString();
    m_loop->setConnection(std::move(connection));
}

void RemoteWorkspace::setRefreshSeconds(int seconds) { m_loop->setRefreshSeconds(seconds); }

void RemoteWorkspace::clearMirror() { m_loop->clearMirror(); }

QCoro::Task<Result<RunStarted>> RemoteWorkspace::startRun(RunRequest) { co_return fail(readOnly()); }

QCoro::Task<Result<void>> RemoteWorkspace::cancelRun(RowId) { co_return fail(readOnly()); }

QCoro::Task<Result<SpecPlan>> RemoteWorkspace::planSpec(QString) { co_return fail(readOnly()); }

QCoro::Task<Result<SpecApplied>> RemoteWorkspace::applySpec(SpecPlan) { co_return fail(readOnly()); }

QCoro::Task<Result<void>> RemoteWorkspace::deleteDeployment(RowId) { co_return fail(readOnly()); }

QCoro::Task<void> RemoteWorkspace::shutDown(Quit)
{
    m_loop->stop();
    m_store->flush();
    co_return;
}

} // namespace fd
