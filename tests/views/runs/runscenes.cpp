// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the run screens into pictures, for people to look at: `runscenes FOLDER [POINTS]`.

#include "samples.h"
#include "views/common/controls.h"
#include "views/runs/logpanel.h"
#include "views/runs/runpage.h"
#include "views/runs/runspage.h"
#include "views/runs/taskpanel.h"

#include <QtTest>
#include <QtWidgets>

namespace fd {
namespace {

/// A page with its header and inspector as a window frames them.
class Frame : public QWidget
{
public:
    Frame(Page &page, QSize window)
    {
        const bool wide = window.width() >= 1200;
        setBackgroundRole(QPalette::Base);
        setAutoFillBackground(true);
        auto *head = new QHBoxLayout;
        head->setContentsMargins(8, 0, 12, 0);
        head->addSpacing(72);
        head->addWidget(page.headerWidget());
        auto *left = new QVBoxLayout;
        left->setContentsMargins(0, 0, 0, 0);
        left->setSpacing(0);
        auto *bar = new QWidget;
        bar->setFixedHeight(metrics::kHeaderRow);
        bar->setLayout(head);
        left->addWidget(bar);
        left->addWidget(&page, 1);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        row->addLayout(left, 1);
        if (wide && page.inspector()) {
            row->addWidget(separator(Qt::Vertical));
            page.inspector()->setFixedWidth(328);
            row->addWidget(page.inspector());
            page.inspector()->show();
        }
        const int rail = wide ? metrics::kRail : metrics::kRailFolded;
        resize(window.width() - rail, window.height() - 28 - metrics::kStatusBar);
    }
};

void save(QWidget &widget, const QString &path)
{
    QTest::qWait(700);
    widget.grab().save(path);
}

constexpr qint64 kHourUs = 3'600'000'000;
const QList<QSize> kWindows{{1440, 900}, {1024, 640}};

void paintAll(const QString &folder, bool dark)
{
    const Clock clock = [] { return sample::kNow; };
    const QString scheme = dark ? QStringLiteral("dark") : QStringLiteral("light");
    sample::SampleWorkspace workspace;
    sample::addRuns(workspace, 200);
    const sample::SampleRun run = sample::addFinishedRun(workspace);
    const sample::SampleRun going = sample::addRunningRun(workspace, 40, 400);
    for (const QSize &window : kWindows) {
        const auto file = [&folder, &scheme, &window](const char *name) {
            return QStringLiteral("%1/%2-%3-%4.png").arg(folder, QString::fromLatin1(name), scheme).arg(window.width());
        };
        sample::Memory memory;
        {
            auto *page = new RunsPage(workspace, memory, clock);
            Frame frame(*page, window);
            frame.show();
            page->activate({.kind = Destination::Kind::Runs});
            save(frame, file("runs"));
            const Instant noon{1'792'497'600'000'000};
            page->activate(
                {.kind = Destination::Kind::Runs, .from = noon.plusUs(-6 * kHourUs), .until = noon.plusUs(kHourUs)});
            save(frame, file("runs-brush"));
            page->activate({.kind = Destination::Kind::Runs, .from = Instant{0}, .until = sample::kNow});
            page->activate({.kind = Destination::Kind::Runs, .search = QStringLiteral("nothing like it")});
            save(frame, file("runs-none"));
        }
        {
            auto *page = new RunPage(workspace, memory, clock);
            Frame frame(*page, window);
            frame.show();
            page->activate({.kind = Destination::Kind::Run, .id = run.run});
            page->tasks()->findChild<QCheckBox *>()->setChecked(true);
            save(frame, file("run"));
            page->tasks()->findChild<QCheckBox *>()->setChecked(false);
            page->log()->focusSearch();
            QTest::keyClicks(
                QApplication::focusWidget() ? QApplication::focusWidget() : page, QStringLiteral("timeout"));
            page->tasks()->markTask(run.tasks[7]);
            save(frame, file("run-search"));
            page->tasks()->setTable(true);
            save(frame, file("run-table"));
            page->activate({.kind = Destination::Kind::Run, .id = going.run});
            page->tasks()->setTable(false);
            save(frame, file("run-live"));
        }
    }
}

} // namespace
} // namespace fd

int main(int argc, char **argv)
{
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    QApplication::setStyle(new fd::FlowdeckStyle);
    const QString folder = application.arguments().value(1, QStringLiteral("."));
    QDir().mkpath(folder);
    if (const int points = application.arguments().value(2).toInt(); points > 0) {
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }
    for (const bool dark : {false, true}) {
        fd::applyScheme(application, dark ? fd::Scheme::Dark : fd::Scheme::Light);
        fd::paintAll(folder, dark);
    }
    return 0;
}
