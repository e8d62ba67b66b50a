// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/supervisor/spoolwriter.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>

namespace fd::supervisor {
namespace {

constexpr std::int64_t kReserveStep = 256 * 1024;
/// Disk space held back for states and the ending once output no longer fits.
constexpr std::int64_t kHeldBack = 64 * 1024;
constexpr std::int64_t kLogShare = 4;
/// What a record adds to its text; counted so that empty lines have a bound too.
constexpr std::int64_t kRecordHead = 20;
constexpr std::string_view kLogEvent = R"({"t":"log")";
constexpr std::string_view kPrintEvent = R"({"t":"print")";

bool lockWhole(int file)
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(file, F_SETLK, &lock) == 0;
}

} // namespace

std::int64_t nowUs()
{
    timespec now = {};
    clock_gettime(CLOCK_REALTIME, &now);
    return std::int64_t(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
}

int SpoolWriter::create(const std::string &path)
{
    const std::string unlocked = path + ".new." + std::to_string(getpid());
    m_file = open(unlocked.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (m_file < 0)
        return errno;
    int error = 0;
    if (!lockWhole(m_file))
        error = errno;
    else if (!reserve(0))
        error = ENOSPC;
    else if (link(unlocked.c_str(), path.c_str()) != 0)
        error = errno;
    unlink(unlocked.c_str());
    return error;
}

void SpoolWriter::append(char type, std::string_view text, std::string &buffer)
{
    char head[32] = {type, ' '};
    char *end = std::to_chars(head + 2, head + sizeof head, nowUs()).ptr;
    *end++ = ' ';
    buffer.append(head, end);
    buffer.append(text);
    buffer.push_back('\n');
}

void SpoolWriter::important(char type, std::string_view text)
{
    const std::size_t before = m_buffer.size();
    append(type, text, m_buffer);
    m_importantOnly.append(m_buffer, before);
}

void SpoolWriter::output(char type, std::string_view text) { limited(type, text, m_outputSpent, m_outputLimit); }

void SpoolWriter::event(std::string_view json)
{
    if (json.starts_with(kLogEvent))
        limited('E', json, m_logSpent, m_outputLimit * kLogShare);
    else if (json.starts_with(kPrintEvent))
        limited('E', json, m_outputSpent, m_outputLimit);
    else
        important('E', json);
}

void SpoolWriter::limited(char type, std::string_view text, std::int64_t &spent, std::int64_t limit)
{
    const auto size = std::int64_t(text.size()) + kRecordHead;
    if (spent + size <= limit) {
        spent += size;
        append(type, text, m_buffer);
        return;
    }
    // Once over, always over: later short lines would be fragments without their context.
    spent = limit;
    if (m_droppedLines++ == 0)
        important('D', "0 0");
    m_droppedBytes += size;
}

bool SpoolWriter::reserve(std::size_t bytes)
{
    while (m_canReserve && m_size + std::int64_t(bytes) + kHeldBack > m_reserved) {
        if (fallocate(m_file, FALLOC_FL_KEEP_SIZE, m_reserved, kReserveStep) == 0) {
            m_reserved += kReserveStep;
        } else if (errno != EINTR) {
            m_canReserve = errno == ENOSPC || errno == EDQUOT;
            return !m_canReserve;
        }
    }
    return true;
}

bool SpoolWriter::write(std::string &buffer)
{
    std::size_t done = 0;
    while (done < buffer.size()) {
        const ssize_t n = pwrite(m_file, buffer.data() + done, buffer.size() - done, m_size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        done += std::size_t(n);
        m_size += n;
    }
    buffer.erase(0, done);
    return buffer.empty();
}

bool SpoolWriter::flush()
{
    if (m_buffer.empty())
        return false;
    if (!reserve(m_buffer.size())) {
        const auto lines = std::count(m_buffer.begin(), m_buffer.end(), '\n')
            - std::count(m_importantOnly.begin(), m_importantOnly.end(), '\n');
        m_droppedLines += lines;
        m_droppedBytes += std::int64_t(m_buffer.size() - m_importantOnly.size());
        m_buffer.swap(m_importantOnly);
    }
    m_importantOnly.clear();
    // What still does not fit stays in memory for the next try; only important records get that far.
    if (!write(m_buffer))
        m_importantOnly = m_buffer;
    return true;
}

void SpoolWriter::finish(std::string_view ending)
{
    if (m_droppedLines > 0)
        important('D', std::to_string(m_droppedLines) + ' ' + std::to_string(m_droppedBytes));
    important('X', ending);
    flush();
}

} // namespace fd::supervisor
