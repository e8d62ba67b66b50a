// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/filtereditor.h"

#include "views/common/controls.h"
#include "views/common/format.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QTreeView>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr int kWidth = 380;
constexpr int kListHeight = 180;

} // namespace

FilterEditor::FilterEditor(const QString &title, const QString &rule, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_model(new ChoiceModel(this)), m_search(new QLineEdit), m_list(new QTreeView),
      m_matches(new TextLabel(QString(), TextRole::Quiet, Tone::Text2))
{
    setObjectName(QStringLiteral("filter-editor"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Filter: %1").arg(title));
    setFixedWidth(kWidth);
    makeList();
    m_search->setPlaceholderText(tr("Type to narrow"));
    m_search->setAccessibleName(tr("Narrow the list"));
    m_search->installEventFilter(this);
    m_search->setClearButtonEnabled(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(metrics::kGap);
    auto *head = new QHBoxLayout;
    head->addWidget(new TextLabel(title, TextRole::Strong));
    head->addWidget(new TextLabel(rule, TextRole::Quiet, Tone::Text2));
    head->addStretch();
    column->addLayout(head);
    column->addWidget(m_search);
    column->addWidget(m_list);
    auto *foot = new QHBoxLayout;
    QPushButton *clear = pushButton(tr("Clear"), ButtonRole::Flat);
    QPushButton *done = pushButton(tr("Done"), ButtonRole::Primary);
    foot->addWidget(m_matches, 1);
    foot->addWidget(clear);
    foot->addWidget(done);
    column->addLayout(foot);
    setFocusProxy(m_search);

    connect(m_search, &QLineEdit::textChanged, m_model, &ChoiceModel::narrow);
    connect(m_search, &QLineEdit::returnPressed, this, &FilterEditor::takeTyped);
    connect(m_model, &ChoiceModel::tickedChanged, this, [this] { emit tickedChanged(m_model->ticked()); });
    connect(done, &QPushButton::clicked, this, &QWidget::close);
    connect(clear, &QPushButton::clicked, this, [this] {
        m_model->setTicked({});
        emit tickedChanged({});
    });
}

void FilterEditor::makeList()
{
    m_list->setModel(m_model);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(0);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedHeight(kListHeight);
    m_list->setAccessibleName(tr("Values"));
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_list->header()->resizeSection(1, 64);
    connect(m_list, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        // The box itself toggles through the model; the rest of the row does the same here.
        const int box = m_list->visualRect(index).left() + 24;
        if (index.column() == 1 || m_list->viewport()->mapFromGlobal(QCursor::pos()).x() > box)
            m_model->toggle(index.row());
    });
}

void FilterEditor::setChoices(const QList<Choice> &choices)
{
    m_model->setChoices(choices);
    m_search->setPlaceholderText(
        choices.isEmpty() ? tr("Type to narrow") : tr("Type to narrow %1").arg(format::count(m_model->total())));
}

void FilterEditor::setTicked(const QStringList &values) { m_model->setTicked(values); }

void FilterEditor::setMatches(int matching, int total)
{
    m_matches->setText(tr("%1 of %2 match").arg(format::count(matching), format::count(total)));
}

void FilterEditor::takeTyped()
{
    const QString typed = m_search->text().trimmed();
    if (typed.isEmpty()) {
        close();
    } else if (m_model->rowCount() > 0) {
        m_model->toggle(0);
        m_search->selectAll();
    } else if (m_allowOther) {
        m_search->clear();
        m_model->setTicked(m_model->ticked() + QStringList{typed});
        emit tickedChanged(m_model->ticked());
    }
}

void FilterEditor::openBelow(QWidget *anchor)
{
    adjustSize();
    QPoint at = anchor->mapToGlobal(QPoint(0, anchor->height() + metrics::kStep));
    const QRect area = anchor->screen()->availableGeometry();
    at.setX(std::clamp(at.x(), area.left(), std::max(area.left(), area.right() - width())));
    at.setY(std::clamp(at.y(), area.top(), std::max(area.top(), area.bottom() - height())));
    move(at);
    show();
    m_search->setFocus();
}

void FilterEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

bool FilterEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down) {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_model->index(0, 0));
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void FilterEditor::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.setPen(theme.frame);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace fd
