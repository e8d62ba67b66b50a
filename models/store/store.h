// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/domain/changes.h"
#include "models/store/connection.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <mutex>
#include <vector>

namespace fd {

/// One workspace file: a single writer thread, read-only connections elsewhere, and the announcement of
/// what changed, whichever process changed it. Lives in the GUI thread.
class Store : public QObject
{
    Q_OBJECT

public:
    enum class OpenMode { Existing, CreateIfMissing };

    /// Opens or creates the file and brings its schema up to date (with a backup before each step).
    /// Errors, each with its own sentence: not a database, damaged, made by a newer Flowdeck, locked, read-only
    /// place, missing folder, disk full. Nothing is ever destroyed.
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const QString &path, OpenMode mode);
    /// Waits for what was queued, then truncates the write-ahead log.
    ~Store() override;

    [[nodiscard]] const QString &path() const { return m_path; }

    /// Runs `work(Connection &)` on the writer thread in one transaction: committed when it returns a value,
    /// rolled back when it returns an Error or the database reports one. Callable from any thread.
    template<typename Work>
    [[nodiscard]] auto write(Work work);

    /// Runs `work(Connection &)` on a pool thread over a read-only connection, as one snapshot. From any thread.
    template<typename Work>
    [[nodiscard]] auto read(Work work);

    /// The GUI thread's own connection, for bounded reads: a block of rows, one object.
    [[nodiscard]] Connection &reader() { return *m_reader; }

    /// Waits until everything that was queued so far is written. For shutdown and tests.
    void flush();

signals:
    /// Rows changed, in this process or in another one (then at most a second later).
    void changed(const fd::Changes &changes);
    /// A write failed for want of space or the like: the workspace cannot be written at the moment.
    void writeFailed(const fd::Error &error);

private:
    Store(QString path, std::unique_ptr<Connection> writer, std::unique_ptr<Connection> reader);

    template<typename Work>
    using WorkResult = typename std::invoke_result_t<Work, Connection &>;

    template<typename Value, typename Work>
    [[nodiscard]] static QFuture<Result<Value>> queue(QThreadPool &pool, Work work);
    template<typename Value, typename Work>
    [[nodiscard]] static Result<Value> perform(Work &work, Connection &connection);

    Result<void> begin(Connection &connection);
    Result<void> commit(Connection &connection);
    void rollback(Connection &connection);
    void announceForeignChanges();
    std::unique_ptr<Connection> takeReader(std::optional<Error> &error);
    void giveBack(std::unique_ptr<Connection> connection);

    QString m_path;
    qint64 m_origin = 0;
    std::unique_ptr<Connection> m_writer;
    std::unique_ptr<Connection> m_reader;
    std::mutex m_idleReadersMutex;
    std::vector<std::unique_ptr<Connection>> m_idleReaders;
    QThreadPool m_writerPool;
    QThreadPool m_readerPool;
    QTimer m_foreignTimer;
    qint64 m_dataVersion = -1;
    qint64 m_seenChange = 0;
};

/// What a unit of work gives back: T for both `T` and `Result<T>`.
template<typename T>
struct UnitOfWork {
    using Value = T;
};
template<typename T>
struct UnitOfWork<Result<T>> {
    using Value = T;
};

template<typename Value, typename Work>
QFuture<Result<Value>> Store::queue(QThreadPool &pool, Work work)
{
    // Not QtConcurrent::run: whoever waits for its future takes queued work over into their own thread, and then the
    // writer would not be the only one.
    auto promise = std::make_shared<QPromise<Result<Value>>>();
    promise->start();
    pool.start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

template<typename Value, typename Work>
Result<Value> Store::perform(Work &work, Connection &connection)
{
    if constexpr (std::is_void_v<WorkResult<Work>>) {
        work(connection);
        return {};
    } else {
        return work(connection);
    }
}

template<typename Work>
auto Store::write(Work work)
{
    using Value = typename UnitOfWork<WorkResult<Work>>::Value;
    return queue<Value>(m_writerPool, [this, work = std::move(work)]() mutable -> Result<Value> {
        FD_TRY(begin(*m_writer));
        Result<Value> result = perform<Value>(work, *m_writer);
        if (!result) {
            rollback(*m_writer);
            return result;
        }
        FD_TRY(commit(*m_writer));
        return result;
    });
}

template<typename Work>
auto Store::read(Work work)
{
    using Value = typename UnitOfWork<WorkResult<Work>>::Value;
    return queue<Value>(m_readerPool, [this, work = std::move(work)]() mutable -> Result<Value> {
        std::optional<Error> error;
        std::unique_ptr<Connection> connection = takeReader(error);
        if (!connection)
            return fail(*error);
        connection->execute("BEGIN");
        Result<Value> result = perform<Value>(work, *connection);
        connection->execute("COMMIT");
        if (connection->error())
            result = fail(*connection->error());
        giveBack(std::move(connection));
        return result;
    });
}

} // namespace fd
