// SPDX-License-Identifier: GPL-3.0-or-later
// What storing a server's answers costs: decoded pages to the store, and reading while that goes on.
#include "models/items/factsarena.h"
#include "models/store/deploymentrepository.h"
#include "models/store/mirrorrepository.h"
#include "models/store/store.h"
#include "tests/bench/benchtools.h"
#include "tests/support/seedvalues.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <sqlite3.h>
#include <thread>

using namespace fd;
using namespace fd::bench;

namespace {

constexpr int kDeployments = 100'000;
constexpr int kPerFlow = 10;
constexpr int kPairs = 5;
/// So many rows a transaction: twenty pages of a server.
constexpr size_t kPerTransaction = 4000;
constexpr size_t kPage = 200;
constexpr int kFirstRows = 50;
constexpr double kReadBudgetMs = 2;
constexpr double kWorstReadBudgetMs = 33;
constexpr int kReadSeconds = 8;
constexpr Instant kNow{1'795'478'400'000'000};

struct Server {
    std::vector<MirroredFlow> flows;
    std::vector<MirroredDeployment> deployments;
};

Server makeServer()
{
    test::SeedValues values(4);
    Server server;
    for (int number = 0; number < kDeployments / kPerFlow; ++number) {
        server.flows.push_back({.value
            = {.row = 0, .id = FlowId::make(), .name = values.flowName(number), .created = kNow, .updated = kNow},
            .fingerprint = 1});
    }
    for (int number = 0; number < kDeployments; ++number) {
        const MirroredFlow &flow = server.flows[size_t(number) % server.flows.size()];
        MirroredDeployment deployment{.value = {}, .flow = flow.value.id, .fingerprint = 1};
        Deployment &value = deployment.value;
        value.id = DeploymentId::make();
        value.name = values.deploymentName(number / int(server.flows.size()));
        value.version = QString::number(values.below(40));
        value.tags = values.tags();
        value.schedules = values.schedules();
        value.parameters = values.parameters();
        value.parameterSchema
            = R"({"type":"object","properties":{"region":{"type":"string"},"table":{"type":"string"},)"
              R"("batch_size":{"type":"integer","default":500},"dry_run":{"type":"boolean","default":false}}})";
        value.entrypoint = QStringLiteral("flows/%1.py:%1").arg(flow.value.name);
        value.workPoolName = QStringLiteral("pool-%1").arg(values.below(12));
        value.workQueueName = QStringLiteral("default");
        value.status = QStringLiteral("READY");
        value.otherFields = R"({"labels":{"prefect.flow.id":"x"},"pull_steps":null,"storage_document_id":null})";
        value.created = kNow.plusUs(-values.below(400 * 24 * 3600) * 1'000'000LL);
        value.updated = value.created.plusUs(values.below(3600) * 1'000'000LL);
        server.deployments.push_back(std::move(deployment));
    }
    return server;
}

/// A row as the raw insert takes it: bytes and numbers, nothing to convert.
struct RawRow {
    QByteArrayList texts;
    std::array<qint64, 3> numbers{};
};

std::vector<RawRow> rawRows(const Server &server)
{
    std::vector<RawRow> rows;
    for (const MirroredDeployment &deployment : server.deployments) {
        const Deployment &value = deployment.value;
        rows.push_back({.texts = {value.id.toBytes(), deployment.flow.toBytes(), value.name.toUtf8(),
                            value.version.toUtf8(), value.tags.join(u'\n').toUtf8(), value.schedules.value(0).json,
                            value.description.toUtf8(), value.parameters, value.parameterSchema, value.runner.config,
                            value.entrypoint.toUtf8(), value.workPoolName.toUtf8(), value.workQueueName.toUtf8(),
                            value.status.toUtf8(), value.jobVariables, value.otherFields},
            .numbers = {value.paused ? 1 : 0, value.created.us, value.updated.us}});
    }
    return rows;
}

/// The floor: the same bytes into one table without an index.
double rawInsertMs(const QString &path, const std::vector<RawRow> &rows)
{
    sqlite3 *db = nullptr;
    sqlite3_open(path.toUtf8().constData(), &db);
    sqlite3_exec(db,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF;"
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s)",
        nullptr, nullptr, nullptr);
    sqlite3_stmt *insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO t VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1,
        &insert, nullptr);
    const double ms = millisecondsOf([db, insert, &rows] {
        size_t inTransaction = 0;
        for (const RawRow &row : rows) {
            if (inTransaction == 0)
                sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
            int column = 1;
            for (const QByteArray &text : row.texts)
                sqlite3_bind_text(insert, column++, text.constData(), int(text.size()), SQLITE_STATIC);
            for (const qint64 number : row.numbers)
                sqlite3_bind_int64(insert, column++, number);
            sqlite3_step(insert);
            sqlite3_reset(insert);
            if (++inTransaction == kPerTransaction) {
                sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
                inTransaction = 0;
            }
        }
        if (inTransaction > 0)
            sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    });
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return ms;
}

/// A workspace that mirrors the server, with what each transaction took.
class Mirror
{
public:
    explicit Mirror(const QString &path)
    {
        auto store = Store::open(path, Store::OpenMode::CreateIfMissing);
        if (!store)
            qFatal("%s", qPrintable(toText(store.error())));
        m_store = std::move(*store);
    }

    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] double longestMs() const { return m_longestMs; }

    template<typename Work>
    auto write(Work work)
    {
        using Value = std::invoke_result_t<Work, MirrorRepository &>;
        QElapsedTimer timer;
        timer.start();
        auto done = m_store->write([&work](Connection &db) {
            MirrorRepository mirror(db);
            return work(mirror);
        });
        done.waitForFinished();
        if (!done.result())
            qFatal("%s", qPrintable(toText(done.result().error())));
        m_longestMs = std::max(m_longestMs, double(timer.nsecsElapsed()) / 1e6);
        if constexpr (!std::is_void_v<Value>)
            return *done.result();
    }

    void pass(const Server &server, qint64 number)
    {
        const Instant asked{number};
        for (size_t at = 0; at < server.flows.size(); at += kPerTransaction) {
            const auto part = std::span(server.flows).subspan(at, std::min(kPerTransaction, server.flows.size() - at));
            write([part, asked](MirrorRepository &mirror) { return mirror.putFlows(part, asked); });
        }
        for (size_t at = 0; at < server.deployments.size(); at += kPerTransaction) {
            const auto part
                = std::span(server.deployments).subspan(at, std::min(kPerTransaction, server.deployments.size() - at));
            write(
                [part, asked, number](MirrorRepository &mirror) { return mirror.putDeployments(part, asked, number); });
        }
    }

    /// Everything until the list can be shown, sorted and searched.
    void first(const Server &server)
    {
        write([](MirrorRepository &mirror) { mirror.beginBulk(); });
        pass(server, 1);
        while (write([](MirrorRepository &mirror) { return mirror.finishBulkStep(); })) { }
        write([](MirrorRepository &mirror) { mirror.finishBulk(); });
        FactsArena arena;
        DeploymentRepository(m_store->reader()).visitFacts([&arena](const DeploymentRepository::Facts &facts) {
            const QByteArray text = foldedForSearch(facts.text);
            arena.put(facts.row, {text.constData(), size_t(text.size())}, std::nullopt);
        });
    }

    void again(const Server &server, qint64 number)
    {
        pass(server, number);
        write([number](MirrorRepository &mirror) { return mirror.removeDeploymentsNotSeen(number); });
    }

private:
    std::unique_ptr<Store> m_store;
    double m_longestMs = 0;
};

double firstMs(const QTemporaryDir &folder, const Server &server, std::unique_ptr<Mirror> &mirror)
{
    static int number = 0;
    mirror.reset();
    const QString path = folder.filePath(QStringLiteral("mirror-%1.flowdeck").arg(number++));
    mirror = std::make_unique<Mirror>(path);
    const double ms = millisecondsOf([&mirror, &server] { mirror->first(server); });
    note(QStringLiteral("longest transaction of the first mirror: %1 ms").arg(mirror->longestMs()));
    return ms;
}

double percentile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values[size_t(part * double(values.size() - 1))];
}

/// The first page of the list, read as the window does, while a sync brings page after page of changes.
void benchReadUnderSync(Mirror &mirror, Server &server)
{
    std::atomic<bool> stop = false;
    std::atomic<int> pages = 0;
    std::thread sync([&mirror, &server, &stop, &pages] {
        qint64 asked = 1000;
        for (size_t at = 0; !stop; at = (at + kPage) % server.deployments.size(), ++asked) {
            const auto part = std::span(server.deployments).subspan(at, kPage);
            for (MirroredDeployment &deployment : part) {
                ++deployment.fingerprint;
                deployment.value.updated = kNow.plusUs(asked * 1000);
            }
            mirror.write([part, asked](
                             MirrorRepository &repository) { return repository.putDeployments(part, {asked}, asked); });
            ++pages;
        }
    });
    std::vector<double> reads;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kReadSeconds * 1000) {
        reads.push_back(millisecondsOf([&mirror] {
            DeploymentRepository repository(mirror.store().reader());
            const auto ids = repository.ids(DeploymentSort::NextRun, false, kFirstRows);
            if (repository.rows(ids).size() != size_t(kFirstRows))
                qFatal("the first page is not there");
        }));
        QThread::msleep(2);
    }
    stop = true;
    sync.join();
    note(QStringLiteral("%1 reads beside %2 pages: median %3, worst %4 ms")
             .arg(reads.size())
             .arg(pages)
             .arg(median(reads))
             .arg(percentile(reads, 1)));
    const QString what = QStringLiteral("first %1 rows read while a sync writes").arg(kFirstRows);
    report({.id = QStringLiteral("read-under-sync.p95"),
        .what = what + QStringLiteral(", p95"),
        .against = QStringLiteral("2 ms"),
        .ratio = percentile(reads, 0.95) / kReadBudgetMs,
        .bar = 1});
    report({.id = QStringLiteral("read-under-sync.worst"),
        .what = what + QStringLiteral(", worst"),
        .against = QStringLiteral("33 ms"),
        .ratio = percentile(reads, 1) / kWorstReadBudgetMs,
        .bar = 1});
}

} // namespace

/// Prints one JSON line per row of the bench table; what each round took goes to stderr.
int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const QTemporaryDir folder;
    Server server = makeServer();
    const std::vector<RawRow> rows = rawRows(server);
    std::unique_ptr<Mirror> mirror;
    int raw = 0;
    const double first = medianRatio(
        kPairs, [&folder, &server, &mirror] { return firstMs(folder, server, mirror); },
        [&folder, &rows, &raw] { return rawInsertMs(folder.filePath(QStringLiteral("raw-%1").arg(raw++)), rows); });
    report({.id = QStringLiteral("mirror"),
        .what = QStringLiteral("first mirror of 100,000 deployments, all indexes and search"),
        .against = QStringLiteral("raw sequential insert of the same rows"),
        .ratio = first,
        .bar = 9});
    qint64 pass = 2;
    const double again = medianRatio(
        kPairs,
        [&mirror, &server, &pass] {
            ++pass;
            return millisecondsOf([&mirror, &server, &pass] { mirror->again(server, pass); });
        },
        [&folder, &server, &mirror] { return firstMs(folder, server, mirror); });
    report({.id = QStringLiteral("resync"),
        .what = QStringLiteral("re-sync of 100,000 deployments, nothing changed"),
        .against = QStringLiteral("the first mirror"),
        .ratio = again,
        .bar = 0.5});
    benchReadUnderSync(*mirror, server);
    return 0;
}
