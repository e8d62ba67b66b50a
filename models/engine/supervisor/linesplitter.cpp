// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/supervisor/linesplitter.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace fd::supervisor {
namespace {

constexpr std::size_t kLineLimit = 256 * 1024;
constexpr std::size_t kReadAtOnce = 1024 * 1024;

} // namespace

std::size_t LineSplitter::read()
{
    static std::array<char, 128 * 1024> buffer;
    std::size_t total = 0;
    while (m_pipe >= 0 && total < kReadAtOnce) {
        const ssize_t n = ::read(m_pipe, buffer.data(), buffer.size());
        if (n > 0) {
            total += std::size_t(n);
            split({buffer.data(), std::size_t(n)});
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else if (n < 0 && errno == EAGAIN) {
            break;
        } else {
            close(m_pipe);
            m_pipe = -1;
            finish();
        }
    }
    return total;
}

void LineSplitter::split(std::string_view data)
{
    while (!data.empty()) {
        const std::size_t room = kLineLimit - m_rest.size();
        const std::size_t end = data.substr(0, room).find('\n');
        if (end == std::string_view::npos && data.size() < room) {
            m_rest.append(data);
            return;
        }
        const std::size_t length = end == std::string_view::npos ? room : end;
        if (m_rest.empty()) {
            m_line(data.substr(0, length));
        } else {
            m_rest.append(data.substr(0, length));
            m_line(m_rest);
            m_rest.clear();
        }
        data.remove_prefix(end == std::string_view::npos ? length : length + 1);
    }
}

void LineSplitter::finish()
{
    if (!m_rest.empty())
        m_line(m_rest);
    m_rest.clear();
}

} // namespace fd::supervisor
