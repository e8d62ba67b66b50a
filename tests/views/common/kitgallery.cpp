// SPDX-License-Identifier: GPL-3.0-or-later
// Paints every part of the kit into pictures, light and dark: `kitgallery FOLDER [SCALE]`.

#include "samplerun.h"
#include "sampletable.h"
#include "views/common/chips.h"
#include "views/common/durationchart.h"
#include "views/common/glyphs.h"
#include "views/common/histogramchart.h"
#include "views/common/icons.h"
#include "views/common/messagebar.h"
#include "views/common/searchfield.h"
#include "views/common/statemark.h"
#include "views/common/stateplaceholder.h"
#include "views/common/statestrip.h"
#include "views/common/timeline.h"

#include <QtTest>
#include <QtWidgets>

namespace fd {
namespace {

/// A white (or dark) page on which parts are laid out.
class Board : public QWidget
{
public:
    explicit Board(QWidget *parent = nullptr) : QWidget(parent)
    {
        setBackgroundRole(QPalette::Base);
        setAutoFillBackground(true);
    }
};

QLayout *section(const QString &title, const QList<QWidget *> &parts)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(new TextLabel(title, TextRole::Strong, Tone::Text2));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QWidget *part : parts)
        row->addWidget(part, 0, Qt::AlignLeft | Qt::AlignVCenter);
    row->addStretch();
    column->addLayout(row);
    return column;
}

template<typename Widget>
Widget *disabled(Widget *widget)
{
    widget->setEnabled(false);
    return widget;
}

QLayout *states()
{
    auto *grid = new QGridLayout;
    grid->setSpacing(8);
    int i = 0;
    for (const State &state : sample::everyState()) {
        auto *mark = new StateMark;
        mark->setState(state.type, state.name);
        auto *large = new StateMark;
        large->setFixedSize(24, 24);
        large->setState(state.type, state.name);
        auto *badge = new StateBadge;
        badge->setState(state.type, state.name);
        const int row = i / 3;
        const int column = i % 3 * 3;
        grid->addWidget(mark, row, column);
        grid->addWidget(large, row, column + 1);
        grid->addWidget(badge, row, column + 2, Qt::AlignLeft);
        ++i;
    }
    return grid;
}

QList<QWidget *> buttons()
{
    auto *later = pushButton(QStringLiteral("Later"));
    auto *menu = new QMenu(later);
    menu->addAction(QStringLiteral("In an hour"));
    later->setMenu(menu);
    auto *toggle = iconButton(QStringLiteral("sidebar-expand-right"), QStringLiteral("Inspector"));
    toggle->setCheckable(true);
    toggle->setChecked(true);
    return {pushButton(QStringLiteral("Quick Run"), ButtonRole::Primary, QStringLiteral("media-playback-start")),
        pushButton(QStringLiteral("Custom Run…")), later, pushButton(QStringLiteral("Not now"), ButtonRole::Flat),
        iconButton(QStringLiteral("view-refresh"), QStringLiteral("Refresh")), toggle,
        linkButton(QStringLiteral("Clear all"))};
}

QList<QWidget *> moreButtons()
{
    auto *segments = new SegmentBar;
    segments->addSegment(0, QStringLiteral("Form"));
    segments->addSegment(1, QStringLiteral("JSON"));
    segments->addSegment(2, QStringLiteral("YAML"));
    return {pushButton(QStringLiteral("Delete 3 deployments"), ButtonRole::Destructive),
        pushButton(QStringLiteral("Cancel")), disabled(pushButton(QStringLiteral("Not here"))), segments};
}

QList<QWidget *> fields()
{
    auto *wrong = new QLineEdit(QStringLiteral("0"));
    wrong->setFixedWidth(80);
    setInvalid(wrong, true);
    auto *zone = new QComboBox;
    zone->addItems({QStringLiteral("Europe/Berlin"), QStringLiteral("UTC")});
    auto *number = new QSpinBox;
    number->setValue(42);
    auto *focused = new QLineEdit(QStringLiteral("tomorrow 9:00"));
    focused->setObjectName(QStringLiteral("focused"));
    return {new SearchField(QStringLiteral("Search")), focused, wrong, zone, number};
}

QList<QWidget *> switches()
{
    auto *on = switchBox(QStringLiteral("Active"));
    on->setChecked(true);
    auto *checked = new QCheckBox(QStringLiteral("Fold gaps"));
    checked->setChecked(true);
    auto *radio = new QRadioButton(QStringLiteral("Both"));
    radio->setChecked(true);
    return {on, switchBox(QString()), checked, new QCheckBox(QStringLiteral("Critical path")), radio,
        disabled(new QCheckBox(QStringLiteral("Off")))};
}

QList<QWidget *> chips()
{
    auto *tags = new TagLabels;
    tags->setTags({QStringLiteral("tier-1"), QStringLiteral("eu"), QStringLiteral("finance"), QStringLiteral("gpu")});
    tags->setFixedWidth(130);
    auto *counts = new CountChips;
    counts->setCounts({{StateType::Failed, QStringLiteral("Failed"), 2},
        {StateType::Crashed, QStringLiteral("Crashed"), 1}, {StateType::Running, QStringLiteral("Running"), 1},
        {StateType::Completed, QStringLiteral("Completed"), 1231}});
    counts->setChecked(StateType::Failed, QStringLiteral("Failed"), true);
    return {new FilterChip(QStringLiteral("Work pool is"), QStringLiteral("k8s-eu")),
        new FilterChip(QStringLiteral("Tag is not"), QStringLiteral("sandbox")), tags, counts};
}

QWidget *kitBoard()
{
    auto *board = new Board;
    auto *column = new QVBoxLayout(board);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(16);
    for (const auto &[role, name] :
        {std::pair{TextRole::Display, "Display 2.0"}, std::pair{TextRole::PageTitle, "Page title 1.4"},
            std::pair{TextRole::ObjectTitle, "Object title 1.23"}, std::pair{TextRole::Strong, "Strong"},
            std::pair{TextRole::Body, "Body"}, std::pair{TextRole::Quiet, "Quiet 0.92"},
            std::pair{TextRole::Small, "Small 0.85"}, std::pair{TextRole::Mono, "Mono 0.92 08:05:00"}})
        column->addWidget(new TextLabel(QString::fromLatin1(name), role));
    column->addLayout(states());
    column->addLayout(section(QStringLiteral("Controls"), buttons()));
    column->addLayout(section(QString(), moreButtons()));
    column->addLayout(section(QStringLiteral("Fields"), fields()));
    column->addLayout(section(QStringLiteral("Switches"), switches()));
    column->addLayout(section(QStringLiteral("Chips"), chips()));
    auto *tabs = new QTabBar;
    for (const char *name : {"Overview", "Parameters 9", "Schedules 2", "Runs", "Spec"})
        tabs->addTab(QString::fromLatin1(name));
    column->addWidget(tabs);
    column->addStretch();
    board->resize(800, 980);
    return board;
}

QWidget *tableBoard()
{
    auto *board = new Board;
    auto *column = new QVBoxLayout(board);
    column->setContentsMargins(0, 0, 0, 0);
    auto *model = new sample::Model(60, board);
    TableView *table = sample::makeTable(model);
    table->setSort(sample::Model::Next, Qt::AscendingOrder);
    column->addWidget(table);
    board->resize(860, 560);
    table->setCurrentIndex(model->index(2, 1));
    return board;
}

QWidget *runBoard()
{
    auto *board = new Board;
    auto *column = new QVBoxLayout(board);
    column->setContentsMargins(0, 8, 0, 16);
    const Clock clock = [] { return sample::now(); };
    auto *strip = new StateStrip(clock);
    strip->setStates(sample::runStates());
    strip->setSelected(1);
    column->addWidget(strip);
    auto *timeline = new Timeline(clock);
    timeline->setRows(sample::taskRows());
    timeline->setBands({sample::retryBand()});
    timeline->setSelectedRow(8);
    column->addWidget(timeline, 1);
    auto *durations = new DurationChart;
    durations->setDurations(sample::durations(40), 40);
    column->addWidget(durations);
    auto *histogram = new HistogramChart;
    histogram->setBins(sample::bins(96), 15 * 60'000'000LL);
    column->addWidget(histogram);
    board->resize(900, 760);
    return board;
}

QWidget *statesBoard()
{
    auto *board = new Board;
    auto *grid = new QGridLayout(board);
    auto *empty = new Placeholder;
    empty->setContent({.iconName = QStringLiteral("document-new"),
        .title = QStringLiteral("No deployments yet"),
        .text
        = QStringLiteral("A deployment says what runs, where and when. Write a spec, or open a prefect.yaml you have."),
        .button = QStringLiteral("New spec…"),
        .buttonIcon = QStringLiteral("list-add"),
        .remark = QStringLiteral("or drop a prefect.yaml here")});
    grid->addWidget(empty, 0, 0);
    auto *skeleton = new SkeletonRows;
    skeleton->setProgress(0.37);
    grid->addWidget(skeleton, 0, 1);
    auto *failed = new FailedPanel;
    failed->setError(QStringLiteral("Runs could not be read"),
        {.kind = ErrorKind::Server, .detail = QStringLiteral("503 database busy"), .field = {}, .file = {}});
    grid->addWidget(failed, 1, 0, Qt::AlignTop);
    auto *menu = new QMenu(board);
    menu->addAction(icons::named(QStringLiteral("media-playback-start")), QStringLiteral("Quick Run"))
        ->setShortcut(QKeySequence(QStringLiteral("Ctrl+R")));
    menu->addAction(QStringLiteral("Edit…"))->setShortcut(Qt::Key_F2);
    menu->addSeparator();
    QAction *shown = menu->addAction(QStringLiteral("Tags"));
    shown->setCheckable(true);
    shown->setChecked(true);
    menu->addMenu(QStringLiteral("Copy as"))->addAction(QStringLiteral("Name"));
    menu->addAction(QStringLiteral("Delete…"))->setEnabled(false);
    menu->setWindowFlags(Qt::Widget);
    menu->setActiveAction(menu->actions().first());
    grid->addWidget(menu, 1, 1, Qt::AlignTop | Qt::AlignLeft);
    board->resize(960, 640);
    auto *bar = new MessageBar([] { return sample::now(); }, board);
    bar->post({.notice = Notice::Broken,
        .title = QStringLiteral("finance-close was not started"),
        .detail = QStringLiteral("The server refused: parameter “month” is required"),
        .actions = {{QStringLiteral("Fill in…"), [] {}}, {QStringLiteral("Details"), [] {}}},
        .shownAt = {}});
    return board;
}

void paintAll(const QDir &folder, const QString &scheme)
{
    const std::pair<const char *, QWidget *(*)()> boards[]{
        {"kit", kitBoard}, {"table", tableBoard}, {"run", runBoard}, {"states", statesBoard}};
    for (const auto &[name, make] : boards) {
        const std::unique_ptr<QWidget> board(make());
        board->show();
        board->activateWindow();
        if (auto *focused = board->findChild<QWidget *>(QStringLiteral("focused")))
            focused->setFocus();
        static_cast<void>(QTest::qWaitForWindowActive(board.get()));
        board->grab().save(folder.filePath(QStringLiteral("%1-%2.png").arg(QString::fromLatin1(name), scheme)));
    }
}

} // namespace
} // namespace fd

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2)
        return 1;
    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(argc > 2 ? QByteArray(argv[2]).toInt() : 13);
    QApplication::setFont(font);
    QApplication::setStyle(new fd::FlowdeckStyle);
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    fd::applyScheme(application, fd::Scheme::Light);
    fd::paintAll(folder, QStringLiteral("light"));
    fd::applyScheme(application, fd::Scheme::Dark);
    fd::paintAll(folder, QStringLiteral("dark"));
    return 0;
}
