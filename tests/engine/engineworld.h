// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/engine/engine.h"
#include "models/store/flowrunrepository.h"
#include "models/store/store.h"

#include <QFuture>
#include <QTemporaryDir>
#include <QTest>

namespace fd::test {

/// Nothing in these tests takes longer on a slow machine.
inline constexpr int kDeadlineMs = 30'000;

/// The value of a future, waited for with the event loop running. QFuture::result would run the store's work
/// in this thread.
template<typename T>
T await(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, kDeadlineMs))
        qFatal("a future did not finish in time");
    if constexpr (!std::is_void_v<T>)
        return future.result();
}

/// A store in a temporary folder, flows beside it, and the real supervisor and bridge.
class EngineWorld
{
public:
    /// Opens `folder`/workspace.flowdeck; a temporary folder when none is given.
    explicit EngineWorld(const QString &folder = {});

    [[nodiscard]] QString path(const QString &name) const { return m_folder + u'/' + name; }
    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] EngineOptions options() const;
    void closeStore() { m_store.reset(); }
    void openStore();

    /// Writes a flow file and stores a deployment of it. `body` is the whole file.
    RowId deploy(const QString &name, const QByteArray &body, const QByteArray &runnerConfig = "{}");
    /// Stores a scheduled run that is due `afterMs` from now.
    RowId schedule(RowId deployment, const QByteArray &parameters = "{}", int afterMs = 0);

    [[nodiscard]] FlowRun run(RowId row);
    [[nodiscard]] StateType stateOf(RowId row) { return run(row).state.type; }
    [[nodiscard]] QStringList stateNames(RowId row);
    [[nodiscard]] QStringList logLines(RowId row);
    /// The content of a file that flows write to; empty when missing.
    [[nodiscard]] QByteArray fileContent(const QString &name) const;
    /// Processes of a run that still live.
    [[nodiscard]] qsizetype processesOf(RowId row);

private:
    QTemporaryDir m_temporary;
    QString m_folder;
    std::unique_ptr<Store> m_store;
};

/// True once the run has ended; waits for it.
[[nodiscard]] bool waitForEnd(EngineWorld &world, RowId run);
/// True once the run is in `state`; waits for it.
[[nodiscard]] bool waitForState(EngineWorld &world, RowId run, StateType state);
/// True once the file has been written to; waits for it.
[[nodiscard]] bool waitForFile(const EngineWorld &world, const QString &name);

} // namespace fd::test
