// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/factsarena.h"

#include <QRandomGenerator>
#include <QTest>

using namespace fd;

class TestFactsArena : public QObject
{
    Q_OBJECT

private slots:
    void readsQueries_data();
    void readsQueries();
    void findsWhatASlowSearchFinds();
};

void TestFactsArena::readsQueries_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const QString text = QStringLiteral("orders-hourly\nLoad Orders\nprod\nÄrger");
    const auto row = [&text](const char *name, const char *typed, bool matches) {
        QTest::newRow(name) << QString::fromUtf8(typed) << text << matches;
    };
    row("empty", "", true);
    row("blanks", "   ", true);
    row("part of a word", "rder", true);
    row("any case", "ORDERS-Hourly", true);
    row("case beyond ASCII", "äRGER", true);
    row("words in any order", "prod load", true);
    row("one word is missing", "prod weekly", false);
    row("exact", "\"load orders\"", true);
    row("not exact", "\"orders load\"", false);
    row("not closed", "\"load ord", true);
    row("without", "orders -weekly", true);
    row("unwanted is there", "orders -prod", false);
    row("only without", "-weekly", true);
    row("unwanted exact", "-\"load orders\"", false);
    row("a lone dash is a word", "- orders", true);
    row("no word over two lines", "\"prod Ärger\"", false);
    row("wild cards are letters", "or%rs", false);
}

void TestFactsArena::readsQueries()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, text);
    const QByteArray folded = foldedForSearch(text.toUtf8());
    QTEST(TextQuery(typed).matches({folded.constData(), static_cast<size_t>(folded.size())}), "matches");
}

void TestFactsArena::findsWhatASlowSearchFinds()
{
    QRandomGenerator random(11);
    const auto randomText = [&random](int letters) {
        QByteArray text;
        for (int i = 0; i < letters; ++i)
            text += static_cast<char>('a' + random.bounded(4));
        return text;
    };
    FactsArena arena;
    QMap<RowId, QByteArray> oracle;
    for (int step = 0; step < 4000; ++step) {
        const RowId id = 1 + random.bounded(400);
        if (random.bounded(4) == 0) {
            arena.remove(id);
            oracle.remove(id);
        } else {
            const QByteArray text
                = random.bounded(3) == 0 && oracle.contains(id) ? oracle[id] : randomText(random.bounded(12));
            arena.put(id, {text.constData(), static_cast<size_t>(text.size())}, StateType::Failed);
            oracle[id] = text;
        }
        if (step % 20 != 0)
            continue;
        QString typed = QString::fromLatin1(randomText(1 + random.bounded(3)));
        if (random.bounded(2) == 0)
            typed += QStringLiteral(" ") + (random.bounded(2) == 0 ? QStringLiteral("-") : QString())
                + QString::fromLatin1(randomText(2));
        const TextQuery query(typed);
        const IdSet found = arena.find(query);
        for (RowId each = 0; each <= 400; ++each) {
            const QByteArray text = oracle.value(each);
            const std::string_view view(text.constData(), static_cast<size_t>(text.size()));
            QCOMPARE(found.contains(each), oracle.contains(each) && query.matches(view));
        }
    }
    int counted = 0;
    arena.forEach([&counted, &oracle](RowId id, std::optional<StateType> state) {
        counted += oracle.contains(id) && state == StateType::Failed ? 1 : 1000;
    });
    QCOMPARE(counted, static_cast<int>(oracle.size()));
}

QTEST_GUILESS_MAIN(TestFactsArena)
#include "tst_factsarena.moc"
