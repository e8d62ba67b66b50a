// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/specs/planchanges.h"

#include "views/common/controls.h"
#include "views/common/format.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr qsizetype kMostFields = 200;
constexpr qsizetype kMostCharacters = 2000;

/// One side of a change: sign and value on its tint.
class ChangeLine : public QWidget
{
public:
    ChangeLine(bool added, const QString &text) : m_added(added)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(metrics::kGap, metrics::kStep, metrics::kGap, metrics::kStep);
        row->setSpacing(metrics::kGap);
        auto *sign = new TextLabel(added ? QStringLiteral("+") : QStringLiteral("−"), TextRole::Mono);
        sign->setAccessibleName(added ? PlanChanges::tr("new") : PlanChanges::tr("old"));
        auto *value = new TextLabel(text.left(kMostCharacters), TextRole::Mono);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(sign, 0, Qt::AlignTop);
        row->addWidget(value, 1);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter(this).fillRect(rect(), m_added ? theme.added : theme.removed);
    }

private:
    bool m_added;
};

} // namespace

PlanChanges::PlanChanges(QWidget *parent)
    : QWidget(parent), m_title(new ElidedLabel({}, TextRole::ObjectTitle, Tone::Text, Qt::ElideMiddle)),
      m_detail(new ElidedLabel({}, TextRole::Quiet, Tone::Text2, Qt::ElideMiddle)), m_column(nullptr),
      m_scroll(new QScrollArea)
{
    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    head->setSpacing(0);
    head->addWidget(m_title);
    head->addWidget(m_detail);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("What changes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(separator(Qt::Horizontal));
    column->addWidget(m_scroll, 1);
    clear();
}

void PlanChanges::setHead(const QString &title, const QString &detail)
{
    m_title->setText(plainLine(title));
    m_detail->setText(plainLine(detail));
    m_content = new QWidget;
    m_column = new QVBoxLayout(m_content);
    m_column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    m_column->setSpacing(0);
    m_scroll->setWidget(m_content);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
}

void PlanChanges::addText(const QString &text)
{
    auto *label = new TextLabel(text.left(kMostCharacters), TextRole::Body, Tone::Text2);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(label);
}

void PlanChanges::clear() { setHead({}, {}); }

void PlanChanges::showItem(const SpecPlanItem &item)
{
    const QString action = item.action == SpecPlanItem::Action::Create ? tr("create")
        : item.action == SpecPlanItem::Action::Update                  ? tr("update")
                                                                       : tr("unchanged");
    setHead(item.planned.name, tr("%1 · %2").arg(item.planned.flowName, action));
    if (item.action == SpecPlanItem::Action::Unchanged)
        addText(tr("It is deployed exactly like this. Nothing is written."));
    const QList<FieldChange> changes = fieldChanges(item);
    for (const FieldChange &change : changes.first(std::min(kMostFields, changes.size()))) {
        m_column->addWidget(new ElidedLabel(plainLine(change.field), TextRole::Quiet, Tone::Text2));
        m_column->addSpacing(metrics::kStep);
        if (!change.before.isEmpty())
            m_column->addWidget(new ChangeLine(false, change.before));
        if (!change.after.isEmpty())
            m_column->addWidget(new ChangeLine(true, change.after));
        m_column->addSpacing(metrics::kWideGap);
    }
    if (changes.size() > kMostFields)
        addText(tr("and %1 more fields").arg(format::count(changes.size() - kMostFields)));
    m_column->addStretch();
}

void PlanChanges::showProblem(const SpecProblem &problem)
{
    const Error &error = problem.error;
    const QString place = error.line == 0 ? error.file
        : error.column == 0               ? tr("%1, line %2").arg(error.file).arg(error.line)
                            : tr("%1, line %2, column %3").arg(error.file).arg(error.line).arg(error.column);
    setHead(problem.severity == SpecProblem::Severity::Error ? tr("Blocks the whole file") : tr("Worth a look"), place);
    addText(error.detail);
    if (!error.field.isEmpty()) {
        m_column->addSpacing(metrics::kGap);
        addText(tr("Field: %1").arg(plainLine(error.field)));
    }
    m_column->addStretch();
}

} // namespace fd
