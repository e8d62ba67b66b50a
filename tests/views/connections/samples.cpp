// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/views/connections/samples.h"

namespace fd {

void ServerWorkspace::setSync(const SyncStatus &sync)
{
    m_sync = sync;
    emit syncStatusChanged(sync);
}

std::optional<Error> OpenSamples::failure(const QString &entryId) const
{
    const auto found = m_failures.constFind(entryId);
    return found == m_failures.cend() ? std::nullopt : std::optional(*found);
}

void OpenSamples::open(const QString &entryId, Workspace *workspace)
{
    m_failures.remove(entryId);
    if (workspace == nullptr)
        m_open.remove(entryId);
    else
        m_open.insert(entryId, workspace);
    emit changed(entryId);
}

void OpenSamples::fail(const QString &entryId, const Error &error)
{
    m_open.remove(entryId);
    m_failures.insert(entryId, error);
    emit changed(entryId);
}

Connections::Connections() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); }

ConnectionTest Connections::test()
{
    return [this](ConnectionSettings settings) -> QCoro::Task<Diagnosis> {
        asked += settings;
        // QCoro moves what is returned, whatever it is.
        Diagnosis copy = answer;
        co_return copy;
    };
}

QString Connections::addServer(const QString &name, const QString &url, int colour)
{
    WorkspaceEntry entry;
    entry.name = name;
    entry.isServer = true;
    entry.connection.apiUrl = QUrl(url);
    entry.colour = colour;
    return book.add(entry);
}

Diagnosis passed(const QString &title)
{
    Diagnosis diagnosis;
    for (int step = 0; step < 5; ++step)
        diagnosis.steps.append({.kind = static_cast<DiagnosisStep::Kind>(step),
            .passed = true,
            .tookUs = step * 3'000,
            .detail = QStringLiteral("fine")});
    diagnosis.serverTitle = title;
    return diagnosis;
}

Diagnosis failedAt(DiagnosisStep::Kind failed, ErrorKind kind, const QString &reason)
{
    Diagnosis diagnosis = passed({});
    diagnosis.steps.resize(static_cast<int>(failed) + 1);
    diagnosis.steps.last().passed = false;
    diagnosis.steps.last().detail = reason;
    diagnosis.error = Error{.kind = kind, .detail = reason, .field = {}, .file = {}};
    return diagnosis;
}

} // namespace fd
