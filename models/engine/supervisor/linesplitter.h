// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace fd::supervisor {

/// Reads a pipe and cuts it into lines. A line over 256 KiB comes in pieces of that size.
class LineSplitter
{
public:
    using Line = std::function<void(std::string_view)>;

    /// Owns `pipe`, which must not block.
    LineSplitter(int pipe, Line line) : m_pipe(pipe), m_line(std::move(line)) { }

    /// The pipe to wait for; -1 after its end.
    [[nodiscard]] int pipe() const { return m_pipe; }
    /// Takes what is there now, up to a bound. Returns how much; at the end of the pipe the last line is completed.
    std::size_t read();
    /// Completes a last line that has no line break.
    void finish();

private:
    void split(std::string_view data);

    int m_pipe;
    Line m_line;
    std::string m_rest;
};

} // namespace fd::supervisor
