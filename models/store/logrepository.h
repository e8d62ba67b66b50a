// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"
#include "models/domain/logsearch.h"
#include "models/store/connection.h"

#include <span>
#include <vector>

namespace fd {

/// Which lines of a run's log are shown. `taskRun` 0 means all.
struct LogFilter {
    int minimumLevel = 0;
    RowId taskRun = 0;

    friend bool operator==(const LogFilter &, const LogFilter &) = default;
};

/// Log lines in the store, kept together by run. Errors stick to the connection; see Connection::error.
class LogRepository
{
public:
    explicit LogRepository(Connection &connection) : m_db(connection) { }

    /// Appends lines; their `seq` is given here.
    void append(RowId flowRun, std::span<const LogEntry> entries);
    /// The positions of the lines that pass, in order, from `fromSeq` on.
    [[nodiscard]] std::vector<qint32> positions(RowId flowRun, const LogFilter &filter, qint32 fromSeq = 0);
    /// The positions of lines whose message has what is looked for, in their first 64 KiB.
    [[nodiscard]] std::vector<qint32> search(RowId flowRun, const LogFilter &filter, const LogSearch &search);
    [[nodiscard]] std::vector<LogEntry> lines(RowId flowRun, std::span<const qint32> positions);
    /// How many lines there are at DEBUG, INFO, WARNING, ERROR, CRITICAL and above each.
    struct LevelCount {
        int level = 0;
        int count = 0;
    };
    [[nodiscard]] QList<LevelCount> levelCounts(RowId flowRun);

private:
    Connection &m_db;
};

} // namespace fd
