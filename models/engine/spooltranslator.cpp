// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/engine/spooltranslator.h"

#include "models/core/logging.h"

namespace fd {
namespace {

LogEvent droppedLines(const SpoolRecord &record)
{
    const QList<QByteArray> numbers = record.text.toByteArray().split(' ');
    LogEvent event;
    event.entry.timestamp = record.at;
    event.entry.level = 30;
    event.entry.logger = QStringLiteral("flowdeck.engine");
    event.entry.message = numbers.value(0) == "0"
        ? QStringLiteral("This run writes more than is kept; its further output is left out.")
        : QStringLiteral("%1 lines of output (%2 bytes) were left out.")
              .arg(QString::fromLatin1(numbers.value(0)), QString::fromLatin1(numbers.value(1)));
    return event;
}

RunEnding endingOf(const SpoolRecord &record)
{
    const QList<QByteArray> words = record.text.toByteArray().split(' ');
    RunEnding ending;
    ending.at = record.at;
    ending.number = words.value(1).toInt();
    if (words.value(0) == "exit")
        ending.kind = RunEnding::Kind::Exited;
    else if (words.value(0) == "signal")
        ending.kind = RunEnding::Kind::Signalled;
    else
        ending.kind = RunEnding::Kind::NotStarted;
    return ending;
}

} // namespace

RunBatch SpoolTranslator::translate(QByteArrayView chunk, qint64 offset)
{
    RunBatch batch;
    batch.offset = offset;
    QByteArrayView rest = chunk;
    while (const auto record = SpoolReader::takeRecord(rest)) {
        if (record->type == 'X') {
            m_ending = endingOf(*record);
            break;
        }
        take(*record, batch);
        batch.offset = offset + (rest.data() - chunk.data());
    }
    return batch;
}

void SpoolTranslator::take(const SpoolRecord &record, RunBatch &batch)
{
    switch (record.type) {
    case 'E':
        takeEvent(record, batch);
        break;
    case 'O':
        takeOutput(record, QStringLiteral("stdout"), batch);
        break;
    case 'R':
        takeOutput(record, QStringLiteral("stderr"), batch);
        break;
    case 'D':
        batch.events.emplace_back(droppedLines(record));
        break;
    case 'P':
        batch.events.emplace_back(HelloEvent{R"({"pid":)" + record.text.toByteArray() + R"(,"process_started":")"
            + toIso(record.at).toLatin1() + R"("})"});
        break;
    default:
        break;
    }
}

void SpoolTranslator::takeEvent(const SpoolRecord &record, RunBatch &batch)
{
    auto event = m_events.read(record.text);
    if (!event) {
        if (m_events.isBroken())
            qCWarning(logEngine) << "A run reported something that is no event.";
        return;
    }
    const auto *line = std::get_if<LogEvent>(&*event);
    if (m_keepOutput || !line || !line->isOutput)
        batch.events.push_back(std::move(*event));
}

void SpoolTranslator::takeOutput(const SpoolRecord &record, const QString &stream, RunBatch &batch)
{
    if (!m_keepOutput)
        return;
    LogEvent event;
    event.isOutput = true;
    event.entry.timestamp = record.at;
    event.entry.level = kOutputLevel;
    event.entry.logger = stream;
    event.entry.message = QString::fromUtf8(record.text);
    batch.events.emplace_back(std::move(event));
}

} // namespace fd
