// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/prefect/codec.h"
#include "models/prefect/membertable.h"

namespace fd {

/// A text where simdjson can read it: copied to a place with room behind it, with a parser that keeps its memory.
class JsonText
{
public:
    explicit JsonText(std::string_view text);
    /// Error: what simdjson says when the text as a whole cannot be walked over.
    simdjson::error_code open();

    simdjson::ondemand::document document;
    /// The copy.
    std::string_view text;
};

/// A 64-bit hash of parts of a text, each part in its turn.
class Fingerprint
{
public:
    void add(const char *begin, const char *end);
    [[nodiscard]] quint64 value() const { return m_value; }

private:
    quint64 m_value = 0;
};

[[nodiscard]] Error notAListError(std::string_view body);
[[nodiscard]] Error notAnObjectError(std::string_view body);
[[nodiscard]] Error brokenAnswerError();
/// What an element that is no JSON is called, and where it is wrong. Nothing when the scanner finds no fault.
[[nodiscard]] std::optional<UnreadableRow> brokenRow(std::string_view element);

/// The walk over one row. `Draft` collects what the members say; its take(fingerprint) makes the value.
template<typename Draft>
class RowReader
{
public:
    explicit RowReader(const MemberTable<Draft> &table) : m_table(table) { }

    /// `text` is all that is being read; `draft` is filled unless `fault` is found.
    void read(simdjson::ondemand::value value, std::string_view text, Draft &draft)
    {
        FieldReader reader(value, fault);
        if (reader.shape() != FieldReader::Shape::Object)
            return reader.refuseShape(FieldReader::Shape::Object);
        simdjson::ondemand::object object;
        if (value.get_object().get(object))
            return refuseStructure();
        walk(object, value, text, draft);
    }

    /// `place` is the value or the document, whichever can tell where the walk is.
    template<typename Place>
    void walk(simdjson::ondemand::object object, Place &place, std::string_view text, Draft &draft)
    {
        MemberPass<Draft> pass(m_table, draft);
        Fingerprint hash;
        const char *from = nullptr;
        for (auto next : object) {
            simdjson::ondemand::field field;
            if (std::move(next).get(field))
                return refuseStructure();
            const std::string_view key = keyText(field.key());
            const Member<Draft> *member = pass.find(key);
            const bool isVolatile = member && member->use == MemberUse::Volatile;
            if (isVolatile && from)
                hash.add(from, key.data());
            from = isVolatile ? nullptr : from ? from : key.data();
            FieldReader reader(field.value(), fault);
            if (key == "id")
                id = reader.rawText();
            pass.read(member, key, reader);
            if (fault.found)
                return prependPath(fault, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
        }
        pass.finish(fault);
        const char *end = nullptr;
        if (place.current_location().get(end))
            end = text.data() + text.size();
        if (from)
            hash.add(from, end);
        fingerprint = hash.value();
    }

    [[nodiscard]] UnreadableRow unreadable() const { return {.id = id, .field = fault.field, .detail = fault.detail}; }

    RowFault fault;
    QString id;
    quint64 fingerprint = 0;

private:
    void refuseStructure()
    {
        fault.found = true;
        fault.isStructural = true;
        fault.detail = syntaxSentence();
    }

    const MemberTable<Draft> &m_table;
};

template<typename Draft>
using RowOf = decltype(std::declval<Draft>().take(quint64()));

/// Reads a text that is one object. `start` is what a draft is before its members are read.
template<typename Draft>
Result<RowOf<Draft>> readOne(const QByteArray &body, const MemberTable<Draft> &table, Draft start = {})
{
    JsonText json(trimmedJson({body.data(), static_cast<size_t>(body.size())}));
    if (json.text.empty() || json.text.front() != '{')
        return fail(notAnObjectError(json.text));
    RowReader<Draft> row(table);
    simdjson::ondemand::object object;
    const char *behind = nullptr;
    if (json.open() || json.document.get_object().get(object))
        return fail(brokenAnswerError());
    row.walk(object, json.document, json.text, start);
    if (row.fault.found) {
        return fail({.kind = ErrorKind::Parse, .detail = row.fault.detail, .field = row.fault.field, .file = {}});
    }
    if (!json.document.current_location().get(behind))
        return fail(brokenAnswerError());
    return start.take(row.fingerprint);
}

/// The way for whole pages without a broken place; nothing when there is one.
template<typename Draft>
std::optional<Page<RowOf<Draft>>> readSoundPage(
    std::string_view body, const MemberTable<Draft> &table, const Draft &start)
{
    JsonText json(body);
    simdjson::ondemand::array array;
    if (json.open() || json.document.get_array().get(array))
        return std::nullopt;
    Page<RowOf<Draft>> page;
    for (auto element : array) {
        simdjson::ondemand::value value;
        if (element.get(value))
            return std::nullopt;
        ++page.received;
        RowReader<Draft> row(table);
        Draft draft = start;
        row.read(value, json.text, draft);
        if (row.fault.isStructural)
            return std::nullopt;
        if (row.fault.found)
            page.unreadable.push_back(row.unreadable());
        else
            page.rows.push_back(draft.take(row.fingerprint));
    }
    const char *behind = nullptr;
    if (!json.document.current_location().get(behind))
        return std::nullopt;
    return page;
}

/// Reads a text that is a list. A row that is wrong is named as such; its neighbours live.
template<typename Draft>
Result<Page<RowOf<Draft>>> readPage(const QByteArray &body, const MemberTable<Draft> &table, const Draft &start = {})
{
    const std::string_view text = trimmedJson({body.data(), static_cast<size_t>(body.size())});
    if (text.empty() || text.front() != '[')
        return fail(notAListError(text));
    if (auto page = readSoundPage(text, table, start))
        return *std::move(page);
    const auto elements = splitArray(text);
    if (!elements)
        return fail(brokenAnswerError());
    Page<RowOf<Draft>> page;
    for (const std::string_view element : *elements) {
        ++page.received;
        if (auto broken = brokenRow(element)) {
            page.unreadable.push_back(*std::move(broken));
            continue;
        }
        std::string alone = "[" + std::string(element) + "]";
        auto single = readSoundPage(alone, table, start);
        if (!single)
            page.unreadable.push_back({.id = {}, .field = {}, .detail = syntaxSentence()});
        else if (single->rows.empty())
            page.unreadable.push_back(std::move(single->unreadable.front()));
        else
            page.rows.push_back(std::move(single->rows.front()));
    }
    return page;
}

} // namespace fd
