// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/logrepository.h"

#include "models/store/codec.h"

namespace fd {

void LogRepository::append(RowId flowRun, std::span<const LogEntry> entries)
{
    if (entries.empty())
        return;
    qint64 next = 0;
    {
        Statement statement = m_db.prepare("SELECT coalesce(max(seq) + 1, 0) FROM log WHERE flow_run_id = ?");
        statement.bind(flowRun);
        if (statement.step())
            next = statement.integer(0);
    }
    Statement insert = m_db.prepare(
        "INSERT INTO log (flow_run_id, seq, task_run_id, at, level, logger, message) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const LogEntry &entry : entries) {
        insert.bind(flowRun).bind(next++).bind(entry.taskRun).bind(entry.timestamp).bind(entry.level);
        insert.bind(entry.logger).bind(entry.message).run();
    }
    m_db.updated(Entity::Log, flowRun);
}

std::vector<qint32> LogRepository::positions(RowId flowRun, const LogFilter &filter, qint32 fromSeq)
{
    Statement statement = m_db.prepare("SELECT seq FROM log WHERE flow_run_id = ?1 AND seq >= ?2 AND level >= ?3"
                                       " AND (?4 = 0 OR task_run_id = ?4) ORDER BY seq");
    statement.bind(flowRun).bind(fromSeq).bind(filter.minimumLevel).bind(filter.taskRun);
    return codec::readRowIds(statement);
}

std::vector<qint32> LogRepository::search(RowId flowRun, const LogFilter &filter, const LogSearch &search)
{
    Statement statement = m_db.prepare("SELECT seq, substr(message, 1, 65536) FROM log WHERE flow_run_id = ?1"
                                       " AND level >= ?2 AND (?3 = 0 OR task_run_id = ?3) ORDER BY seq");
    statement.bind(flowRun).bind(filter.minimumLevel).bind(filter.taskRun);
    const QRegularExpression expression = search.expression();
    std::vector<qint32> found;
    while (statement.step()) {
        if (expression.match(statement.text(1)).hasMatch())
            found.push_back(static_cast<qint32>(statement.integer(0)));
    }
    return found;
}

std::vector<LogEntry> LogRepository::lines(RowId flowRun, std::span<const qint32> positions)
{
    Statement statement
        = m_db.prepare("SELECT l.seq, l.task_run_id, l.at, l.level, l.logger, l.message FROM json_each(?) j"
                       " CROSS JOIN log l ON l.flow_run_id = ? AND l.seq = j.value");
    statement.bindText(codec::rowIdsToJson(positions)).bind(flowRun);
    std::vector<LogEntry> lines;
    lines.reserve(positions.size());
    while (statement.step()) {
        lines.push_back({.seq = static_cast<qint32>(statement.integer(0)),
            .taskRun = statement.rowId(1),
            .timestamp = statement.instant(2),
            .level = static_cast<int>(statement.integer(3)),
            .logger = statement.text(4),
            .message = statement.text(5)});
    }
    return lines;
}

QList<LogRepository::LevelCount> LogRepository::levelCounts(RowId flowRun)
{
    Statement statement = m_db.prepare(
        "SELECT min(level / 10 * 10, 50) AS step, count(*) FROM log WHERE flow_run_id = ? GROUP BY step");
    statement.bind(flowRun);
    QList<LevelCount> counts{{10, 0}, {20, 0}, {30, 0}, {40, 0}, {50, 0}};
    while (statement.step()) {
        for (LevelCount &count : counts) {
            if (statement.integer(0) >= count.level)
                count.count += static_cast<int>(statement.integer(1));
        }
    }
    return counts;
}

} // namespace fd
