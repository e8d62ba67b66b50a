// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fd::supervisor {

/// Microseconds since the epoch.
[[nodiscard]] std::int64_t nowUs();

/// The spool: one file of records, a line each, "<type> <microseconds> <text>". Types: P started ("<pid>"),
/// E bridge event (JSON), O and R a line of stdout and stderr, D dropped ("<lines> <bytes>"; 0 0 when it begins),
/// X ended ("exit <code>", "signal <number>", "failed <errno>"), always last.
/// It appears under its name already locked, so a spool without a lock belongs to nobody who lives.
class SpoolWriter
{
public:
    /// `outputLimit` bounds the bytes kept of raw and printed lines, and four times as much of log events.
    explicit SpoolWriter(std::int64_t outputLimit) : m_outputLimit(outputLimit) { }

    /// Creates the file 0600 and locks it. Returns 0 or an errno; EEXIST when the attempt has an owner.
    [[nodiscard]] int create(const std::string &path);

    /// A record that is kept whatever happens, as far as the disk lets it.
    void important(char type, std::string_view text);
    /// A line of output: dropped and counted over the limit or when the disk is full.
    void output(char type, std::string_view text);
    /// A line of the event pipe: logs and prints are output, the rest is important.
    void event(std::string_view json);

    /// Writes what is buffered. True when there was anything.
    bool flush();
    /// Says what was dropped and how it ended, and writes everything.
    void finish(std::string_view ending);

private:
    void append(char type, std::string_view text, std::string &buffer);
    void limited(char type, std::string_view text, std::int64_t &spent, std::int64_t limit);
    bool reserve(std::size_t bytes);
    bool write(std::string &buffer);

    int m_file = -1;
    std::int64_t m_outputLimit;
    std::int64_t m_outputSpent = 0;
    std::int64_t m_logSpent = 0;
    std::int64_t m_droppedLines = 0;
    std::int64_t m_droppedBytes = 0;
    std::int64_t m_size = 0;
    std::int64_t m_reserved = 0;
    bool m_canReserve = true;
    std::string m_buffer;
    /// Where the output records in m_buffer were replaced: what must survive a full disk, in order.
    std::string m_importantOnly;
};

} // namespace fd::supervisor
