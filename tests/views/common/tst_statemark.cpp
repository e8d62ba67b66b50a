// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplerun.h"
#include "views/common/statemark.h"

#include <QtTest>

namespace fd {
namespace {

QImage paintedMark(StateType type, const QString &name)
{
    QImage image(16, 16, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintStateMark(painter, QRectF(0, 0, 16, 16), type, name, Theme::builtIn(false));
    return image;
}

} // namespace

class TestStateMark : public QObject
{
    Q_OBJECT

private slots:
    void looks_data()
    {
        QTest::addColumn<StateType>("type");
        QTest::addColumn<QString>("name");
        QTest::addColumn<StateLook>("look");
        const auto row = [](StateType type, const char *name, const StateLook &look) {
            QTest::newRow(name) << type << QString::fromLatin1(name) << look;
        };
        using enum MarkShape;
        using enum MarkSign;
        row(StateType::Completed, "Completed", {Disc, Tick, StateHue::Completed});
        row(StateType::Completed, "Cached", {Ring, Tick, StateHue::Completed});
        row(StateType::Completed, "RolledBack", {Ring, Tick, StateHue::Completed});
        row(StateType::Running, "Running", {Disc, Play, StateHue::Running});
        row(StateType::Running, "Retrying", {Disc, Turn, StateHue::Running});
        row(StateType::Running, "Rerunning", {Disc, Turn, StateHue::Running});
        row(StateType::Scheduled, "Scheduled", {Ring, Hands, StateHue::Scheduled});
        row(StateType::Scheduled, "Resuming", {Ring, Hands, StateHue::Scheduled});
        row(StateType::Scheduled, "Late", {Disc, Hands, StateHue::Late, true});
        row(StateType::Scheduled, "AwaitingRetry", {DashedRing, Hands, StateHue::Scheduled});
        row(StateType::Scheduled, "AwaitingConcurrencySlot", {DashedRing, Hands, StateHue::Scheduled});
        row(StateType::Pending, "Pending", {Ring, Dots, StateHue::Pending});
        row(StateType::Pending, "Submitting", {Ring, Dots, StateHue::Pending});
        row(StateType::Pending, "InfrastructurePending", {Ring, Dots, StateHue::Pending});
        row(StateType::Paused, "Paused", {Ring, Bars, StateHue::Pending});
        row(StateType::Paused, "Suspended", {Ring, Bars, StateHue::Pending});
        row(StateType::Failed, "Failed", {Square, Cross, StateHue::Failed, true});
        row(StateType::Failed, "TimedOut", {Square, Hands, StateHue::Failed, true});
        row(StateType::Crashed, "Crashed", {Triangle, Bang, StateHue::Crashed, true});
        row(StateType::Cancelling, "Cancelling", {DashedRing, Slash, StateHue::Cancelling});
        row(StateType::Cancelled, "Cancelled", {Ring, Slash, StateHue::Cancelled});
        // Names nobody told us about keep the plain silhouette of their type.
        row(StateType::Scheduled, "Postponed", {Ring, None, StateHue::Scheduled});
        row(StateType::Running, "Warming up", {Disc, None, StateHue::Running});
        row(StateType::Failed, "Aborted", {Square, None, StateHue::Failed, true});
        row(StateType::Unknown, "Quantum", {Ring, None, StateHue::Pending});
    }
    void looks()
    {
        QFETCH(StateType, type);
        QFETCH(QString, name);
        QFETCH(StateLook, look);
        QCOMPARE(stateLook(type, name), look);
    }

    void orionCrashesAreFoundByName() { QCOMPARE(stateLook(StateType::Failed, u"Crashed").shape, MarkShape::Triangle); }

    void words()
    {
        QCOMPARE(stateWord(StateType::Scheduled, QStringLiteral("AwaitingRetry")), QStringLiteral("Awaiting retry"));
        QCOMPARE(stateWord(StateType::Failed, QStringLiteral("TimedOut")), QStringLiteral("Timed out"));
        QCOMPARE(stateWord(StateType::Running, QStringLiteral("<b>odd</b>")), QStringLiteral("<b>odd</b>"));
        QCOMPARE(stateWord(StateType::Pending, QString()), QStringLiteral("Pending"));
    }

    void everySilhouetteIsItsOwn()
    {
        // Without colour: the alpha of each look differs from that of every other look.
        QList<QImage> images;
        QList<StateLook> looks;
        for (const State &state : sample::everyState()) {
            const StateLook look = stateLook(state.type, state.name);
            if (std::any_of(looks.begin(), looks.end(),
                    [&look](const StateLook &other) { return other.shape == look.shape && other.sign == look.sign; }))
                continue;
            looks << look;
            const QImage image = paintedMark(state.type, state.name).convertToFormat(QImage::Format_Alpha8);
            QVERIFY(!images.contains(image));
            images << image;
        }
        QVERIFY(images.size() >= 13);
    }

    void cutOutsShowTheGround()
    {
        const QImage tick = paintedMark(StateType::Completed, QStringLiteral("Completed"));
        QCOMPARE(qAlpha(tick.pixel(3, 8)), 255);
        QVERIFY(qAlpha(tick.pixel(7, 10)) < 80);
        QCOMPARE(qAlpha(tick.pixel(0, 0)), 0);
    }

    void marksAreCachedPerColour()
    {
        const QImage light = paintedMark(StateType::Failed, QStringLiteral("Failed"));
        QImage dark(16, 16, QImage::Format_ARGB32_Premultiplied);
        dark.fill(Qt::transparent);
        QPainter painter(&dark);
        paintStateMark(painter, QRectF(0, 0, 16, 16), StateType::Failed, u"Failed", Theme::builtIn(true));
        painter.end();
        QVERIFY(light != dark);
        QCOMPARE(paintedMark(StateType::Failed, QStringLiteral("Failed")), light);
    }

    void badgesSayTheirWord()
    {
        StateBadge badge;
        badge.setState(StateType::Scheduled, QStringLiteral("Late"));
        QCOMPARE(badge.accessibleName(), QStringLiteral("Late"));
        QVERIFY(badge.sizeHint().height() >= metrics::kBadge);
        QVERIFY(!badge.grab().isNull());
    }
};

} // namespace fd

QTEST_MAIN(fd::TestStateMark)
#include "tst_statemark.moc"
