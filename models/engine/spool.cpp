// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/spool.h"

#include "models/engine/spawn.h"

#include <QScopeGuard>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace fd {
namespace {

/// Small enough that a transaction stays short, larger than the longest record.
constexpr qint64 kChunkBytes = 1024 * 1024;
constexpr char kClaimMark = 'C';

} // namespace

QString spoolPath(const QString &runFolder, int attempt)
{
    return QStringLiteral("%1/spool.%2").arg(runFolder).arg(attempt);
}

SpoolState spoolState(const QString &path)
{
    const int file = open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    const auto closing = qScopeGuard([file] { close(file); });
    char first = 0;
    if (read(file, &first, 1) == 1 && first == kClaimMark)
        return {.kind = SpoolState::Kind::Claimed};
    struct flock lock = {};
    lock.l_type = F_RDLCK;
    lock.l_whence = SEEK_SET;
    if (fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
        return {.kind = SpoolState::Kind::Held, .supervisor = lock.l_pid};
    return {.kind = SpoolState::Kind::Left};
}

Result<bool> claimSpool(const QString &path)
{
    const QByteArray target = QFile::encodeName(path);
    const QByteArray draft = target + ".claim." + QByteArray::number(getpid());
    const auto failure = [] {
        return fail(
            ErrorKind::Storage, QStringLiteral("Could not write the run's folder: %1.").arg(systemReason(errno)));
    };
    const int file = open(draft.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return failure();
    const bool written = write(file, &kClaimMark, 1) == 1;
    const int writeError = errno;
    close(file);
    const bool claimed = written && link(draft.constData(), target.constData()) == 0;
    const int error = written ? errno : writeError;
    unlink(draft.constData());
    errno = error;
    if (!claimed && error != EEXIST)
        return failure();
    return claimed;
}

SpoolReader::SpoolReader(const QString &path, qint64 offset) : m_file(path), m_offset(offset) { }

QByteArray SpoolReader::nextChunk()
{
    if (!m_file.isOpen() && !m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    if (!m_file.seek(m_offset))
        return {};
    QByteArray chunk = m_file.read(kChunkBytes);
    chunk.truncate(chunk.lastIndexOf('\n') + 1);
    return chunk;
}

std::optional<SpoolRecord> SpoolReader::takeRecord(QByteArrayView &chunk)
{
    const qsizetype end = chunk.indexOf('\n');
    if (end < 0)
        return {};
    const QByteArrayView line = chunk.first(end);
    chunk = chunk.sliced(end + 1);
    SpoolRecord record;
    if (line.size() < 3)
        return record;
    const char *last = line.data() + line.size();
    const auto [rest, error] = std::from_chars(line.data() + 2, last, record.at.us);
    if (error != std::errc() || rest == last)
        return record;
    record.type = line.front();
    record.text = QByteArrayView(rest + 1, last);
    return record;
}

} // namespace fd
