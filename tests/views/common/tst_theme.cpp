// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/statemark.h"
#include "views/common/stripbars.h"

#include <QtTest>

namespace fd {

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void schemes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void textIsReadable_data() { schemes_data(); }
    void textIsReadable()
    {
        QFETCH(bool, dark);
        const Theme &t = Theme::builtIn(dark);
        constexpr double kText = 4.5;
        for (const QColor &color : {t.text, t.text2, t.text3, t.link, t.accent})
            QVERIFY(contrastRatio(color, t.base) >= kText);
        for (const QColor &ground : {t.selection, t.selectionInactive, t.hover, t.window}) {
            for (const QColor &color : {t.text, t.text2, t.text3})
                QVERIFY2(contrastRatio(color, ground) >= kText, qPrintable(color.name() + ground.name()));
        }
        for (const QColor &color : t.states)
            QVERIFY2(contrastRatio(color, t.base) >= kText, qPrintable(color.name()));
        QVERIFY(contrastRatio(t.onAccent, t.accent) >= kText);
        QVERIFY(contrastRatio(t.onAccent, t.stripBad) >= kText);
        for (int i = 0; i < kNoticeCount; ++i)
            QVERIFY(contrastRatio(t.noticeText[size_t(i)], t.noticeGround[size_t(i)]) >= kText);
        for (const QColor &ground : {t.added, t.removed, t.changed})
            QVERIFY(contrastRatio(t.text, ground) >= 10);
        for (const QColor &color : {t.cardText, t.cardText2, t.cardLink})
            QVERIFY(contrastRatio(color, t.card) >= kText);
        QVERIFY(contrastRatio(t.text2, t.sunken) >= kText);
    }

    void controlsAreVisible_data() { schemes_data(); }
    void controlsAreVisible()
    {
        QFETCH(bool, dark);
        const Theme &t = Theme::builtIn(dark);
        constexpr double kControl = 3;
        for (const QColor &ground : {t.base, t.selection}) {
            QVERIFY(contrastRatio(t.control, ground) >= kControl);
            QVERIFY(contrastRatio(t.stripOk, ground) >= kControl);
            QVERIFY(contrastRatio(t.stripBad, ground) >= kControl);
            QVERIFY(contrastRatio(t.accent, ground) >= kControl);
        }
    }

    void statedRatiosHold_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QColor>("color");
        QTest::addColumn<double>("ratio");
        const auto row = [](bool dark, const char *name, const QColor &color, double ratio) {
            QTest::addRow("%s, %s", name, dark ? "dark" : "light") << dark << color << ratio;
        };
        const Theme &l = Theme::builtIn(false);
        const Theme &d = Theme::builtIn(true);
        row(false, "text", l.text, 16.3);
        row(true, "text", d.text, 12.7);
        row(false, "text2", l.text2, 6.3);
        row(true, "text2", d.text2, 7.1);
        row(false, "text3", l.text3, 5.5);
        row(true, "text3", d.text3, 5.7);
        row(false, "control", l.control, 3.6);
        row(true, "control", d.control, 4.0);
        row(false, "accent", l.accent, 6.5);
        row(true, "accent", d.accent, 5.4);
        const std::array light{5.5, 6.9, 5.3, 5.4, 5.5, 5.7, 5.8, 9.3, 8.2};
        const std::array dark{7.0, 5.7, 8.4, 7.6, 6.5, 5.6, 6.5, 6.6, 6.9};
        for (size_t i = 0; i < light.size(); ++i) {
            QTest::addRow("state %zu, light", i) << false << l.states[i] << light[i];
            QTest::addRow("state %zu, dark", i) << true << d.states[i] << dark[i];
        }
    }
    void statedRatiosHold()
    {
        QFETCH(bool, dark);
        QFETCH(QColor, color);
        QFETCH(double, ratio);
        constexpr double kRounding = 0.06;
        QVERIFY(qAbs(contrastRatio(color, Theme::builtIn(dark).base) - ratio) < kRounding);
    }

    void palettesLeadBackToTheirTheme()
    {
        for (const bool dark : {false, true}) {
            const QPalette palette = paletteOf(Theme::builtIn(dark));
            QCOMPARE(isDark(palette), dark);
            QCOMPARE(Theme::of(palette).selection, Theme::builtIn(dark).selection);
        }
    }

    void platformPalettesAreReadable()
    {
        QPalette platform(QColor(0xEFF0F1), QColor(0xEFF0F1));
        platform.setColor(QPalette::Base, Qt::white);
        platform.setColor(QPalette::Text, QColor(0x232629));
        platform.setColor(QPalette::WindowText, QColor(0x232629));
        platform.setColor(QPalette::Highlight, QColor(0x3DAEE9));
        const Theme &theme = Theme::of(platform);
        QCOMPARE(theme.accent, QColor(0x3DAEE9));
        QVERIFY(contrastRatio(theme.text2, theme.base) >= 6.3);
        QVERIFY(contrastRatio(theme.text3, theme.base) >= 5.5);
        QVERIFY(contrastRatio(theme.control, theme.base) >= 3.6);
        QVERIFY(!theme.highContrast);
    }

    void highContrastDrawsLinesAsText()
    {
        QPalette platform(Qt::white, Qt::white);
        for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText})
            platform.setColor(role, Qt::black);
        platform.setColor(QPalette::Base, Qt::white);
        const Theme &theme = Theme::of(platform);
        QVERIFY(theme.highContrast);
        QCOMPARE(theme.line, QColor(Qt::black));
    }

    void smallTextStaysReadable()
    {
        QFont tiny;
        tiny.setPixelSize(8);
        QCOMPARE(roleFont(TextRole::Small, tiny).pixelSize(), 9);
        QFont large;
        large.setPixelSize(26);
        QCOMPARE(roleFont(TextRole::Small, large).pixelSize(), 22);
        QVERIFY(roleFont(TextRole::PageTitle, large).bold());
        QVERIFY(!roleFont(TextRole::Quiet, large).bold());
    }

    void rowsGrowWithTheFont()
    {
        const QFont before = QApplication::font();
        QFont large = before;
        large.setPixelSize(40);
        QApplication::setFont(large);
        QVERIFY(metrics::rowHeight(metrics::kRowTwoLines, 2) > metrics::kRowTwoLines);
        QApplication::setFont(before);
    }

    void stripGeometry()
    {
        QCOMPARE(strip::barHeight(0), 0.0);
        QCOMPARE(strip::barHeight(-3), 0.0);
        QVERIFY(qAbs(strip::barHeight(1) - 4.3) < 0.001);
        QVERIFY(qAbs(strip::barHeight(3) - 6.0) < 0.001);
        QCOMPARE(strip::barHeight(100'000), 16.0);
        QCOMPARE(strip::kWidth, 95);
        QCOMPARE(strip::dayAt(-1), -1);
        QCOMPARE(strip::dayAt(0), 0);
        QCOMPARE(strip::dayAt(13 * 7 + 3), 13);
        QCOMPARE(strip::dayAt(14 * 7), -1);
    }

    void stripPaintsDoneAboveAndFailedBelow()
    {
        const Theme &theme = Theme::builtIn(false);
        ActivityStrip activity;
        activity.days[0] = {.completed = 3, .failed = 1, .active = 0};
        activity.days[2] = {.completed = 1, .failed = 0, .active = 1};
        QImage image(strip::kWidth, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        strip::paint(painter, QPoint(0, 20), activity, theme);
        painter.end();
        QCOMPARE(image.pixelColor(0, 19), theme.stripOk);
        QCOMPARE(image.pixelColor(3, 14), theme.stripOk);
        QCOMPARE(image.pixelColor(0, 13), QColor(Qt::white));
        QCOMPARE(image.pixelColor(0, 20), theme.stripBad);
        QCOMPARE(image.pixelColor(0, 24), QColor(Qt::white));
        QCOMPARE(image.pixelColor(4, 19), QColor(Qt::white));
        QCOMPARE(image.pixelColor(7, 19), theme.frame);
        QCOMPARE(image.pixelColor(7, 18), QColor(Qt::white));
        QCOMPARE(image.pixelColor(14, 19), theme.stripOk);
        QCOMPARE(image.pixelColor(14, 14), theme.state(StateHue::Running));
    }

    void stripWords()
    {
        ActivityStrip activity;
        activity.lastDay = 20'746; // Tue 20 Oct 2026
        activity.days[8] = {.completed = 22, .failed = 2, .active = 0};
        const Instant now = *instantFromIso(u"2026-10-20T14:32:00Z");
        QCOMPARE(strip::dayText(activity, 8, now), QStringLiteral("Thu 15 Oct · 24 runs, 22 completed, 2 failed"));
        QCOMPARE(strip::dayText(activity, 0, now), QStringLiteral("Wed 7 Oct · no runs"));
        QCOMPARE(strip::spokenText(activity), QStringLiteral("14 days: 22 completed, 2 failed; failed on 15 October"));
        QCOMPARE(strip::spokenText({}), QStringLiteral("14 days: no runs"));
    }
};

} // namespace fd

QTEST_MAIN(fd::TestTheme)
#include "tst_theme.moc"
