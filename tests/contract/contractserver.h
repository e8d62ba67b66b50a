// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/json.h"

#include <QProcess>
#include <QUrl>

namespace fd::test {

/// A real Prefect server of one generation, run by servers.py. While it is asked, the event loop goes on. An answer
/// that is an error fails the test and comes back as null.
class ContractServer
{
public:
    explicit ContractServer(const QString &generation);
    /// Ends the server and all that it started.
    ~ContractServer();

    /// Why there is no server to be had, as one sentence; empty when its environment is ready.
    [[nodiscard]] QString whyNot();
    /// Starts it as it was left, the first time with deployments and runs in it.
    void start();
    void kill() { tell("kill"); }
    void stop() { tell("stop"); }
    [[nodiscard]] const QUrl &apiUrl() const { return m_apiUrl; }

    /// One of the methods of `Told` in servers.py, with its arguments.
    Json tell(const char *what, Json arguments = Json::object());
    /// A request of the test's own.
    Json http(const char *method, const QString &path, const Json &body = {});
    /// All deployments or flow runs, or what belongs to `run`, in the shape of facts.py.
    Json facts(const char *kind, const QString &run = {});

private:
    Json readAnswer();

    QProcess m_process;
    QUrl m_apiUrl;
};

} // namespace fd::test
