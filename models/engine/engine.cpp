// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/engine.h"

#include "models/engine/engineworker.h"
#include "models/engine/runqueries.h"

#include <QPromise>

namespace fd {

Engine::Engine(Store &store, EngineOptions options)
    : m_store(store), m_clock(options.clock), m_worker(new EngineWorker(store, std::move(options)))
{
    m_thread.setObjectName(QStringLiteral("engine"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &EngineWorker::reported, this, &Engine::takeReport);
    connect(m_worker, &EngineWorker::stopped, &m_thread, &QThread::quit, Qt::DirectConnection);
    connect(&store, &Store::changed, this, [this](const Changes &changes) {
        if (!changes.of(Entity::FlowRun).isEmpty())
            wake();
    });
}

Engine::~Engine()
{
    if (m_thread.isRunning()) {
        askToStop(false);
        m_thread.wait();
    } else if (!m_thread.isFinished()) {
        delete m_worker;
    }
}

void Engine::start()
{
    m_thread.start();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->begin(); });
}

void Engine::wake()
{
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->look(); });
}

QFuture<Result<void>> Engine::cancel(RowId run)
{
    return m_store.write([run, now = m_clock()](Connection &db) { return requestCancel(db, run, now); });
}

void Engine::askToStop(bool stopRuns)
{
    if (!std::exchange(m_stopping, true))
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, stopRuns] { worker->stop(stopRuns); });
}

QFuture<void> Engine::stop(bool stopRuns)
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    if (m_thread.isRunning()) {
        connect(&m_thread, &QThread::finished, this, [promise] { promise->finish(); });
        askToStop(stopRuns);
    } else {
        promise->finish();
    }
    return promise->future();
}

void Engine::takeReport(const EngineReport &report)
{
    m_report = report;
    emit reportChanged(report);
}

} // namespace fd
