// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schedule/timezone.h"

#include "models/schedule/civil.h"
#include "models/schedule/scheduletext.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QMutex>

#include <algorithm>

namespace fd {
namespace {

constexpr qint64 kBeginning = INT64_MIN / 4;

QStringList folders()
{
    const QString chosen = qEnvironmentVariable("TZDIR");
    if (!chosen.isEmpty())
        return {chosen};
    return {QStringLiteral("/usr/share/zoneinfo"), QStringLiteral("/usr/lib/zoneinfo"),
        QStringLiteral("/usr/share/lib/zoneinfo"), QStringLiteral("/etc/zoneinfo")};
}

/// A zone's name, not a path that leads out of the database.
bool isName(const QString &name)
{
    static const QString others = QStringLiteral("/_-+");
    return !name.isEmpty() && !name.startsWith(QLatin1Char('/')) && !name.contains(QLatin1String(".."))
        && std::all_of(name.begin(), name.end(),
            [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || others.contains(c)); });
}

QByteArray fileOf(const QString &name)
{
    for (const QString &folder : folders()) {
        QFile file(folder + QLatin1Char('/') + name);
        if (QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly))
            return file.read(1 << 20);
    }
    return {};
}

/// Index of the last element that is not greater than `value`, at least 0; tried around `hint` first.
int search(const std::vector<qint64> &sorted, qint64 value, int &hint)
{
    const int size = static_cast<int>(sorted.size());
    const auto holds = [&](int i) {
        return sorted[static_cast<std::size_t>(i)] <= value
            && (i + 1 == size || value < sorted[static_cast<std::size_t>(i) + 1]);
    };
    if (hint < size && holds(hint))
        return hint;
    if (hint + 1 < size && holds(hint + 1))
        return ++hint;
    hint = std::max(0, static_cast<int>(std::upper_bound(sorted.begin(), sorted.end(), value) - sorted.begin()) - 1);
    return hint;
}

} // namespace

Result<std::shared_ptr<const TimeZone>> TimeZone::find(const QString &name)
{
    static QMutex mutex;
    static QHash<QString, std::shared_ptr<const TimeZone>> known;
    const QString folder = qEnvironmentVariable("TZDIR");
    const QString key = folder + QLatin1Char('\n') + name;
    const QMutexLocker lock(&mutex);
    if (const auto zone = known.value(key))
        return zone;
    if (!isName(name))
        return fail(ErrorKind::Validation, ScheduleText::tr("\"%1\" is not the name of a time zone.").arg(name));
    const QByteArray bytes = fileOf(name);
    if (bytes.isEmpty()) {
        return fail(ErrorKind::Validation,
            ScheduleText::tr(
                "There is no time zone \"%1\"; names look like Europe/Berlin, with exactly these capitals.")
                .arg(name));
    }
    const auto file = readZoneFile(bytes);
    if (!file) {
        return fail(ErrorKind::Validation,
            ScheduleText::tr("The computer's file of the time zone \"%1\" cannot be read.").arg(name));
    }
    const auto zone = std::make_shared<const TimeZone>(name, *file);
    known.insert(key, zone);
    return zone;
}

std::shared_ptr<const TimeZone> TimeZone::utc()
{
    static const auto zone = std::make_shared<const TimeZone>(QStringLiteral("UTC"), ZoneFile{});
    return zone;
}

QStringList TimeZone::names()
{
    QStringList names;
    for (const QString &folder : folders()) {
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString name = QDir(folder).relativeFilePath(files.next());
            const bool isZone = name.at(0).isUpper() && !name.contains(QLatin1Char('.'));
            if (isZone && name != QLatin1String("Factory"))
                names.append(name);
        }
        if (!names.isEmpty())
            break;
    }
    names.sort();
    return names;
}

QString TimeZone::dataVersion()
{
    for (const QString &folder : folders()) {
        QFile file(folder + QLatin1String("/tzdata.zi"));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readLine().trimmed();
        if (line.startsWith("# version "))
            return QString::fromLatin1(line.mid(10));
    }
    return QStringLiteral("unknown");
}

TimeZone::TimeZone(QString name, const ZoneFile &file) : m_name(std::move(name)), m_file(file)
{
    std::vector<ZoneChange> changes = file.changes;
    const qint64 known = changes.empty() ? kBeginning : changes.back().at;
    const int year = std::max(1970, known == kBeginning ? 1970 : civilFromDays(floorDiv(known, kDay)).year);
    const std::vector<ZoneChange> future = footerChanges(file.footer, year, year + 401);
    std::copy_if(future.begin(), future.end(), std::back_inserter(changes),
        [known](const ZoneChange &c) { return c.at > known; });
    if (!future.empty())
        m_end = daysFromCivil(year + 401, 1, 1) * kDay;

    m_at.push_back(kBeginning);
    m_offset.push_back(file.before.offset);
    m_isDst.push_back(file.before.isDst);
    m_firstWall.push_back(kBeginning);
    m_secondWall.push_back(kBeginning);
    for (const ZoneChange &change : changes) {
        const int before = m_offset.back();
        m_at.push_back(change.at);
        m_offset.push_back(change.offset);
        m_isDst.push_back(change.isDst);
        m_firstWall.push_back(change.at + std::max(before, change.offset));
        m_secondWall.push_back(change.at + std::min(before, change.offset));
    }
}

int TimeZone::indexAt(qint64 utc, int &hint) const { return search(m_at, folded(utc), hint); }

int TimeZone::offsetAt(qint64 utc) const
{
    int hint = 0;
    return m_offset[static_cast<std::size_t>(indexAt(utc, hint))];
}

bool TimeZone::isDstAt(qint64 utc) const
{
    int hint = 0;
    return m_isDst[static_cast<std::size_t>(indexAt(utc, hint))];
}

qint64 TimeZone::utcOf(qint64 wall, bool second, int &hint) const
{
    const int index = search(second ? m_secondWall : m_firstWall, folded(wall), hint);
    return wall - m_offset[static_cast<std::size_t>(index)];
}

qint64 TimeZone::utcOf(qint64 wall, bool second) const
{
    int hint = 0;
    return utcOf(wall, second, hint);
}

TimeZone::WallKind TimeZone::kindOf(qint64 wall) const
{
    const qint64 first = utcOf(wall, false);
    const qint64 second = utcOf(wall, true);
    return first == second ? WallKind::Ordinary : first < second ? WallKind::Repeated : WallKind::Skipped;
}

TimeZone::Stretch TimeZone::stretchAt(qint64 wall) const
{
    const qint64 at = folded(wall);
    int hint = 0;
    const auto first = static_cast<std::size_t>(search(m_firstWall, at, hint));
    const auto second = static_cast<std::size_t>(search(m_secondWall, at, hint));
    if (first != second)
        return {};
    const bool isLast = first + 1 >= m_at.size();
    const qint64 until = isLast ? m_end : std::min({m_firstWall[first + 1], m_secondWall[first + 1], m_end});
    const qint64 shift = wall - at;
    return {std::max(m_firstWall[first], m_secondWall[first]) + shift, until == INT64_MAX ? until : until + shift,
        m_offset[first]};
}

qint64 TimeZone::nextChange(qint64 utc) const
{
    const qint64 at = folded(utc);
    const auto next = std::upper_bound(m_at.begin(), m_at.end(), at);
    return next == m_at.end() ? INT64_MAX : *next + (utc - at);
}

} // namespace fd
