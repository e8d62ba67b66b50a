// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspaceregistry.h"

#include "app/installation.h"
#include "models/workspace/localworkspace.h"
#include "models/workspace/remoteworkspace.h"

#include <QCoroTask>
#include <QCryptographicHash>
#include <QFile>
#include <QPointer>

namespace fd {
namespace {

/// A workspace is known by where it is; the place itself would be an odd key.
QString memoryPrefix(const QString &location)
{
    const QByteArray hash = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha1);
    return QStringLiteral("workspace-%1/").arg(QString::fromLatin1(hash.toHex().left(12)));
}

Result<std::unique_ptr<Workspace>> openLocal(const QString &path, const QString &name)
{
    LocalWorkspaceOptions options;
    options.storePath = path;
    options.create = true;
    options.name = name;
    options.supervisorPath = installation::supervisorPath();
    options.bridgePath = installation::bridgePath();
    FD_TRY_ASSIGN(workspace, LocalWorkspace::open(options));
    return workspace;
}

} // namespace

WorkspaceRegistry::WorkspaceRegistry(WorkspaceBook &book, UiMemory &memory) : m_book(book), m_memory(memory)
{
    connect(&book, &WorkspaceBook::changed, this, &WorkspaceRegistry::followBook);
}

WorkspaceRegistry::~WorkspaceRegistry() = default;

Workspace *WorkspaceRegistry::workspace(const QString &entryId) const
{
    const auto found = m_open.find(entryId);
    return found == m_open.end() ? nullptr : found->second.workspace.get();
}

std::optional<Error> WorkspaceRegistry::failure(const QString &entryId) const
{
    const auto found = m_failures.find(entryId);
    return found == m_failures.end() ? std::nullopt : std::optional(found->second);
}

Result<std::unique_ptr<Workspace>> WorkspaceRegistry::make(const WorkspaceEntry &entry)
{
    if (!entry.isServer)
        return openLocal(entry.storePath, entry.name);
    RemoteWorkspaceOptions options;
    options.storePath = entry.storePath;
    options.name = entry.name;
    options.connection = entry.connection;
    // The keychain may take its time; what is in the file is shown meanwhile.
    options.connectAtOnce = false;
    options.refreshSeconds = entry.refreshSeconds;
    options.keptDays = entry.keptDays;
    FD_TRY_ASSIGN(workspace, RemoteWorkspace::open(options));
    connectToServer(*workspace, entry);
    return workspace;
}

void WorkspaceRegistry::connectToServer(RemoteWorkspace &workspace, const WorkspaceEntry &entry)
{
    QCoro::connect(m_book.connectionOf(entry.id), &workspace,
        [workspace = &workspace, entry](const Result<ConnectionSettings> &settings) {
            // Without its key the server itself says that it is needed.
            workspace->setConnection(settings ? *settings : entry.connection);
        });
}

Result<Workspace *> WorkspaceRegistry::open(const QString &entryId)
{
    if (Workspace *known = workspace(entryId))
        return known;
    const auto entry = m_book.find(entryId);
    if (!entry)
        return fail(ErrorKind::NotFound, tr("This workspace is not known any more."));
    auto made = make(*entry);
    if (!made) {
        m_failures[entryId] = made.error();
        emit changed(entryId);
        return fail(made.error());
    }
    m_failures.erase(entryId);
    Workspace *opened = made->get();
    m_open[entryId] = {.workspace = std::move(*made),
        .memory = std::make_unique<UiMemoryPart>(m_memory, memoryPrefix(opened->location())),
        .entry = *entry};
    emit changed(entryId);
    return opened;
}

Result<Workspace *> WorkspaceRegistry::openFile(const QString &path, const QString &name)
{
    FD_TRY_ASSIGN(made, openLocal(path, name));
    Workspace *opened = made.get();
    m_open[QString()] = {.workspace = std::move(made),
        .memory = std::make_unique<UiMemoryPart>(m_memory, memoryPrefix(opened->location())),
        .entry = {}};
    return opened;
}

void WorkspaceRegistry::openServers()
{
    for (const WorkspaceEntry &entry : m_book.entries()) {
        // A failure is kept and shown on the page of workspaces.
        if (entry.isServer)
            (void)open(entry.id);
    }
}

void WorkspaceRegistry::followBook()
{
    for (auto &[id, opened] : m_open) {
        const auto entry = m_book.find(id);
        if (!entry || *entry == opened.entry)
            continue;
        const WorkspaceEntry before = std::exchange(opened.entry, *entry);
        auto *remote = qobject_cast<RemoteWorkspace *>(opened.workspace.get());
        if (remote == nullptr)
            continue;
        if (before.connection != entry->connection)
            reconnect(id);
        if (before.refreshSeconds != entry->refreshSeconds)
            remote->setRefreshSeconds(entry->refreshSeconds);
    }
}

void WorkspaceRegistry::reconnect(const QString &entryId)
{
    auto *remote = qobject_cast<RemoteWorkspace *>(workspace(entryId));
    if (const auto entry = m_book.find(entryId); remote != nullptr && entry)
        connectToServer(*remote, *entry);
}

void WorkspaceRegistry::clearCopy(const QString &entryId)
{
    if (auto *remote = qobject_cast<RemoteWorkspace *>(workspace(entryId)))
        remote->clearMirror();
}

QCoro::Task<void> WorkspaceRegistry::forget(QString entryId)
{
    const auto entry = m_book.find(entryId);
    if (auto found = m_open.extract(entryId); !found.empty()) {
        co_await found.mapped().workspace->shutDown(Workspace::Quit::LeaveRunsRunning);
        found.mapped().workspace.reset();
    }
    m_book.remove(entryId);
    // A file of one's own stays where it is; a copy of a server is of no use to anybody.
    if (entry && entry->isServer) {
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(entry->storePath + QLatin1String(suffix));
    }
    emit changed(entryId);
}

UiMemory &WorkspaceRegistry::memoryOf(const Workspace &workspace) const
{
    for (const auto &[id, opened] : m_open) {
        if (opened.workspace.get() == &workspace)
            return *opened.memory;
    }
    return m_memory;
}

QList<Workspace *> WorkspaceRegistry::all() const
{
    QList<Workspace *> all;
    for (const auto &[id, opened] : m_open)
        all += opened.workspace.get();
    return all;
}

QCoro::Task<void> WorkspaceRegistry::shutDown(Workspace::Quit quit)
{
    for (Workspace *workspace : all())
        co_await workspace->shutDown(quit);
}

} // namespace fd
