// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark.h"

#include "views/deployments/deploymentspage.h"
#include "views/deployments/deploymenttable.h"
#include "views/shell/mainwindow.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QScrollBar>
#include <QTimer>

#include <cstdio>

namespace fd {
namespace {

/// Resident memory of this process in KiB, from /proc.
qint64 residentKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').constFirst().toLongLong();
    }
    return 0;
}

void say(const QByteArray &line)
{
    std::fprintf(stdout, "%s\n", line.constData());
    std::fflush(stdout);
}

/// Waits for the table's first paint (its first page of rows is read before it is shown); then measures.
class Reporter : public QObject
{
public:
    Reporter(MainWindow &window, DeploymentTable *table, DeploymentListModel *model, Benchmark benchmark)
        : QObject(table), m_table(table), m_model(model), m_benchmark(benchmark)
    {
        table->viewport()->installEventFilter(this);
        // An empty workspace shows no table.
        if (model->total() == 0)
            window.installEventFilter(this);
        connect(&m_timer, &QTimer::timeout, this, &Reporter::scrollOn);
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_painted) {
            m_painted = true;
            // Queued, so that it is said when the frame is done.
            QMetaObject::invokeMethod(this, &Reporter::painted, Qt::QueuedConnection);
        }
        return false;
    }

private:
    void painted()
    {
        say("first-paint");
        if (m_benchmark == Benchmark::FirstPaint)
            finish();
        else
            m_timer.start(0);
    }
    void scrollOn()
    {
        if (!m_model->isSettled())
            return;
        QScrollBar *bar = m_table->verticalScrollBar();
        if (bar->value() < bar->maximum()) {
            bar->setValue(bar->value() + bar->pageStep());
            m_table->viewport()->repaint();
            return;
        }
        m_timer.stop();
        finish();
    }
    void finish()
    {
        say("rss " + QByteArray::number(residentKiB()));
        QCoreApplication::exit();
    }

    DeploymentTable *m_table;
    DeploymentListModel *m_model;
    Benchmark m_benchmark;
    QTimer m_timer;
    bool m_painted = false;
};

} // namespace

void runBenchmark(MainWindow &window, Benchmark benchmark)
{
    auto *page = qobject_cast<DeploymentsPage *>(window.currentPage());
    if (page && page->table())
        new Reporter(window, page->table(), page->model(), benchmark);
}

} // namespace fd
