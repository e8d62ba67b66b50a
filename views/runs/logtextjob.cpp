// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/logtextjob.h"

#include "views/runs/logtext.h"

#include <numeric>

namespace fd {

namespace {

constexpr size_t kSlice = 256;

} // namespace

LogTextJob::LogTextJob(Store &store, RowId flowRun, QHash<RowId, QString> taskNames, QObject *parent)
    : QObject(parent), m_lines(store), m_names(std::move(taskNames))
{
    m_lines.setFlowRun(flowRun);
    connect(&m_lines, &LogListModel::settled, this, &LogTextJob::begin);
    connect(&m_lines, &LogListModel::failed, this, [this](const Error &error) {
        emit failed(error);
        deleteLater();
    });
    connect(&m_slice, &QTimer::timeout, this, &LogTextJob::makeSome);
}

void LogTextJob::startAll(int minimumLevel, RowId taskRun)
{
    m_all = true;
    m_lines.setFilter(minimumLevel, taskRun);
    if (m_lines.isSettled())
        begin();
}

void LogTextJob::startLines(const std::vector<RowId> &ids)
{
    // Without a filter every line is there, and ids are positions + 1.
    for (const RowId id : ids)
        m_rows.push_back(id - 1);
    if (m_lines.isSettled())
        begin();
}

void LogTextJob::begin()
{
    if (std::exchange(m_begun, true))
        return;
    if (m_all) {
        m_rows.resize(static_cast<size_t>(m_lines.rowCount()));
        std::iota(m_rows.begin(), m_rows.end(), 0);
    }
    m_slice.start(0);
}

void LogTextJob::makeSome()
{
    QString made;
    const size_t end = std::min(m_next + kSlice, m_rows.size());
    for (; m_next < end; ++m_next) {
        if (const LogEntry *entry = m_lines.rowAt(m_rows[m_next]))
            made += logtext::copied(*entry, m_names.value(entry->taskRun)) + u'\n';
    }
    emit text(made);
    if (m_next < m_rows.size())
        return;
    m_slice.stop();
    emit finished(static_cast<int>(m_rows.size()));
    deleteLater();
}

} // namespace fd
