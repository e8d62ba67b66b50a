// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/deploymentrepository.h"
#include "models/store/flowrunrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/store/store.h"
#include "tests/support/builders.h"

#include <QTemporaryDir>
#include <QtGlobal>

namespace fd::test {

/// A workspace of its own that mirrors an imagined server.
class MirrorWorld
{
public:
    MirrorWorld() { reopen(); }

    void reopen()
    {
        m_store.reset();
        auto store = Store::open(path(), Store::OpenMode::CreateIfMissing);
        if (!store)
            qFatal("%s", qPrintable(toText(store.error())));
        m_store = std::move(*store);
    }
    void close() { m_store.reset(); }

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("w.flowdeck")); }
    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] Connection &db() { return m_store->reader(); }

    /// Runs `work(MirrorRepository &)` as one transaction and gives its value; what it changed is in `changes`.
    template<typename Work>
    auto mirror(Work work)
    {
        changes = {};
        const auto connection = QObject::connect(
            m_store.get(), &Store::changed, m_store.get(), [this](const Changes &all) { changes = all; },
            Qt::DirectConnection);
        auto result = m_store->write([&work](Connection &db) {
            MirrorRepository repository(db);
            return work(repository);
        });
        result.waitForFinished();
        QObject::disconnect(connection);
        if (!result.result())
            qFatal("%s", qPrintable(toText(result.result().error())));
        if constexpr (!std::is_void_v<std::invoke_result_t<Work, MirrorRepository &>>)
            return *result.result();
    }

    MirrorTally put(const MirroredFlow &flow, qint64 asked = 1)
    {
        return mirror([&flow, asked](MirrorRepository &mirror) { return mirror.putFlows({&flow, 1}, {asked}); });
    }
    MirrorTally put(const MirroredDeployment &deployment, qint64 asked = 1, qint64 pass = 1)
    {
        return mirror([&deployment, asked, pass](MirrorRepository &mirror) {
            return mirror.putDeployments({&deployment, 1}, {asked}, pass);
        });
    }
    MirrorTally put(const MirroredFlowRun &run, qint64 asked = 1)
    {
        return mirror([&run, asked](MirrorRepository &mirror) { return mirror.putFlowRuns({&run, 1}, {asked}); });
    }

    [[nodiscard]] std::optional<Deployment> find(const MirroredDeployment &deployment)
    {
        return DeploymentRepository(db()).find(deployment.value.id);
    }
    [[nodiscard]] std::optional<FlowRun> find(const MirroredFlowRun &run)
    {
        return FlowRunRepository(db()).find(run.value.id);
    }
    [[nodiscard]] DeploymentRow rowOf(const MirroredDeployment &deployment)
    {
        const auto found = find(deployment);
        return found ? DeploymentRepository(db()).rows({&found->row, 1}).at(0) : DeploymentRow();
    }
    [[nodiscard]] qint64 number(const QByteArray &sql)
    {
        Statement statement = db().prepareOnce(sql);
        return statement.step() ? statement.integer(0) : -1;
    }

    Changes changes;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
};

} // namespace fd::test
