// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/filterbar.h"

#include "views/common/chips.h"
#include "views/common/controls.h"
#include "views/common/statemark.h"
#include "views/deployments/deploymenttext.h"
#include "views/deployments/filtereditor.h"

#include <QCoroFuture>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace fd {
namespace {

QString word(StateType type) { return stateWord(type, defaultStateName(type)); }

/// The first values, then "+n": a chip stays short.
QString valuesText(const QStringList &values)
{
    constexpr qsizetype kMost = 2;
    constexpr qsizetype kMostCharacters = 40;
    QStringList shown;
    for (const QString &value : values.first(std::min(kMost, values.size()))) {
        const QString line = oneLine(value);
        shown += line.size() > kMostCharacters ? line.left(kMostCharacters) + u'…' : line;
    }
    QString text = shown.join(QStringLiteral(", "));
    if (values.size() > kMost)
        text += FilterBar::tr(" +%1").arg(values.size() - kMost);
    return text;
}

/// The order of the count chips: what needs somebody first.
constexpr StateType kCountOrder[]
    = {StateType::Failed, StateType::Crashed, StateType::Scheduled, StateType::Pending, StateType::Running,
        StateType::Paused, StateType::Cancelling, StateType::Cancelled, StateType::Completed, StateType::Unknown};

QCoro::Task<TagCounts> taskOf(QFuture<TagCounts> future) { co_return co_await future; }

} // namespace

FilterBar::FilterBar(DeploymentListModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_tagChip(new FilterChip(tr("Tag is"), QString(), this)),
      m_stateChip(new FilterChip(tr("Last run is"), QString(), this)),
      m_add(pushButton(tr("&Filter"), ButtonRole::Flat, QStringLiteral("list-add"), this)),
      m_clear(linkButton(tr("Clear all"), this)), m_counts(new CountChips(this))
{
    setObjectName(QStringLiteral("filter-bar"));
    m_tagChip->setObjectName(QStringLiteral("tag-chip"));
    m_stateChip->setObjectName(QStringLiteral("state-chip"));
    m_add->setObjectName(QStringLiteral("add-filter"));
    m_counts->setObjectName(QStringLiteral("state-counts"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kInset, 0, metrics::kInset, 0);
    row->setSpacing(metrics::kGap);
    for (QWidget *part : std::initializer_list<QWidget *>{m_tagChip, m_stateChip, m_add, m_clear})
        row->addWidget(part);
    row->addStretch();
    row->addWidget(m_counts);
    setMinimumHeight(metrics::atLeast(metrics::kFilterRow, font(), metrics::kInset));

    connect(m_tagChip, &FilterChip::editRequested, this, [this] { editTags(m_tagChip); });
    connect(m_stateChip, &FilterChip::editRequested, this, [this] { editStates(m_stateChip); });
    connect(m_tagChip, &FilterChip::removeRequested, this, [this] { emit edited({}, m_states); });
    connect(m_stateChip, &FilterChip::removeRequested, this, [this] { emit edited(m_tags, {}); });
    connect(m_clear, &QPushButton::clicked, this, [this] { emit edited({}, {}); });
    connect(m_add, &QPushButton::clicked, this, &FilterBar::addFilter);
    connect(m_counts, &CountChips::toggled, this, [this](StateType type, const QString &, bool checked) {
        QList<StateType> states = m_states;
        states.removeAll(type);
        if (checked)
            states += type;
        emit edited(m_tags, states);
    });
    connect(&model, &DeploymentListModel::countsChanged, this, &FilterBar::showCounts);
    connect(&model, &DeploymentListModel::settled, this, &FilterBar::showCounts);
    showCounts();
    showChips();
}

void FilterBar::setFilter(const DeploymentFilter &filter)
{
    m_tags = filter.tags;
    m_states = filter.states;
    showChips();
    showCounts();
}

bool FilterBar::removeLast()
{
    if (!m_states.isEmpty())
        emit edited(m_tags, m_states.first(m_states.size() - 1));
    else if (!m_tags.isEmpty())
        emit edited(m_tags.first(m_tags.size() - 1), m_states);
    else
        return false;
    return true;
}

void FilterBar::showChips()
{
    QStringList words;
    for (const StateType type : std::as_const(m_states))
        words += word(type);
    m_tagChip->setFilter(m_tags.size() > 1 ? tr("Tags are") : tr("Tag is"), valuesText(m_tags));
    m_stateChip->setFilter(tr("Last run is"), valuesText(words));
    m_tagChip->setVisible(!m_tags.isEmpty());
    m_stateChip->setVisible(!m_states.isEmpty());
    m_clear->setVisible(!m_tags.isEmpty() || !m_states.isEmpty());
    fitCounts();
}

void FilterBar::showCounts()
{
    const QList<DeploymentStateCount> counts = m_model.stateCounts();
    QList<StateCount> shown;
    for (const StateType type : kCountOrder) {
        const auto found = std::find_if(
            counts.cbegin(), counts.cend(), [type](const DeploymentStateCount &count) { return count.type == type; });
        if (found != counts.cend())
            shown += StateCount{.type = type, .name = defaultStateName(type), .count = found->count};
    }
    m_counts->setCounts(shown);
    for (const StateType type : kCountOrder)
        m_counts->setChecked(type, defaultStateName(type), m_states.contains(type));
    if (m_editor)
        m_editor->setMatches(m_model.rowCount(), m_model.total());
    fitCounts();
}

void FilterBar::fitCounts()
{
    int needed = 2 * metrics::kInset + m_counts->sizeHint().width();
    for (const QWidget *part : std::initializer_list<const QWidget *>{m_tagChip, m_stateChip, m_add, m_clear}) {
        if (!part->isHidden())
            needed += part->sizeHint().width() + metrics::kGap;
    }
    m_counts->setVisible(needed <= width());
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitCounts();
}

void FilterBar::addFilter()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Tag…")), &QAction::triggered, this, [this] { editTags(m_add); });
    connect(menu->addAction(tr("&Last run…")), &QAction::triggered, this, [this] { editStates(m_add); });
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

void FilterBar::openEditor(FilterEditor *editor, QWidget *anchor)
{
    if (m_editor)
        m_editor->close();
    m_editor = editor;
    editor->setMatches(m_model.rowCount(), m_model.total());
    editor->openBelow(anchor);
}

void FilterBar::editTags(QWidget *anchor)
{
    auto *editor = new FilterEditor(tr("Tag"), tr("all of"), this);
    editor->allowOther();
    editor->setTicked(m_tags);
    connect(editor, &FilterEditor::tickedChanged, this,
        [this](const QStringList &values) { emit edited(values, m_states); });
    if (m_tagSource) {
        QCoro::connect(taskOf(m_tagSource()), editor, [editor](const TagCounts &tags) {
            QList<Choice> choices;
            for (const auto &[tag, count] : tags.value_or(QList<std::pair<QString, int>>()))
                choices += Choice{.value = tag, .text = tag, .count = count};
            editor->setChoices(choices);
        });
    }
    openEditor(editor, anchor);
}

void FilterBar::editStates(QWidget *anchor)
{
    auto *editor = new FilterEditor(tr("Last run"), tr("any of"), this);
    const QList<DeploymentStateCount> counts = m_model.stateCounts();
    QList<Choice> choices;
    for (const StateType type : kCountOrder) {
        const auto found = std::find_if(
            counts.cbegin(), counts.cend(), [type](const DeploymentStateCount &count) { return count.type == type; });
        if (type != StateType::Unknown || found != counts.cend())
            choices += Choice{.value = QString::number(static_cast<int>(type)),
                .text = word(type),
                .count = found == counts.cend() ? 0 : found->count};
    }
    QStringList ticked;
    for (const StateType type : std::as_const(m_states))
        ticked += QString::number(static_cast<int>(type));
    editor->setChoices(choices);
    editor->setTicked(ticked);
    connect(editor, &FilterEditor::tickedChanged, this, [this](const QStringList &values) {
        QList<StateType> states;
        for (const QString &value : values)
            states += static_cast<StateType>(value.toInt());
        emit edited(m_tags, states);
    });
    openEditor(editor, anchor);
}

} // namespace fd
