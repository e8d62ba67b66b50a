// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deployments/parameterstab.h"

#include "models/core/json.h"
#include "views/common/controls.h"
#include "views/common/rowdelegate.h"
#include "views/common/stateplaceholder.h"
#include "views/common/tableview.h"
#include "views/deployments/deploymenttext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {
namespace {

enum Column { NameColumn, ValueColumn, ColumnCount };

QString valueText(const ParameterInfo &parameter)
{
    if (!parameter.value.isEmpty())
        return oneLine(QString::fromUtf8(parameter.value));
    return parameter.defaultValue.isEmpty() ? ParametersTab::tr("not set")
                                            : oneLine(QString::fromUtf8(parameter.defaultValue));
}

QString originText(const ParameterInfo &parameter)
{
    if (parameter.value.isEmpty())
        return parameter.required ? ParametersTab::tr("required, no default") : ParametersTab::tr("default");
    if (!parameter.defaultValue.isEmpty())
        return ParametersTab::tr("default %1").arg(oneLine(QString::fromUtf8(parameter.defaultValue)));
    return parameter.required ? ParametersTab::tr("required, no default") : ParametersTab::tr("no default");
}

class ParameterDelegate : public RowDelegate
{
public:
    ParameterDelegate(TableView *view, const ParameterModel &model) : RowDelegate(view), m_model(model) { }

protected:
    void paintCell(Cell &cell, const QModelIndex &index) const override
    {
        const ParameterInfo &parameter = m_model.at(index.row());
        const bool set = !parameter.value.isEmpty();
        const Theme &theme = cell.theme();
        if (index.column() == NameColumn) {
            if (set && !cell.current)
                cell.painter().fillRect(
                    cell.rect().left(), cell.rect().top(), metrics::kCurrentBar, cell.rect().height(), theme.accent);
            cell.twoLines({.text = oneLine(parameter.name), .role = TextRole::Mono},
                {.text = oneLine(parameter.typeText), .role = TextRole::Small});
            return;
        }
        const bool missing = !set && parameter.defaultValue.isEmpty();
        cell.twoLines({.text = valueText(parameter),
                          .role = set ? TextRole::Strong : TextRole::Mono,
                          .color = missing ? theme.text3 : QColor()},
            {.text = originText(parameter),
                .role = TextRole::Small,
                .color = missing && parameter.required ? theme.textOn(Notice::Look) : QColor()});
    }

private:
    const ParameterModel &m_model;
};

} // namespace

void ParameterModel::setParameters(const QList<ParameterInfo> &parameters)
{
    m_all = parameters;
    refill();
}

void ParameterModel::narrow(const QString &text)
{
    m_text = text;
    refill();
}

void ParameterModel::refill()
{
    beginResetModel();
    m_shown.clear();
    for (const ParameterInfo &parameter : std::as_const(m_all)) {
        if (parameter.name.contains(m_text, Qt::CaseInsensitive))
            m_shown += parameter;
    }
    endResetModel();
}

int ParameterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ParameterModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ParameterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const ParameterInfo &parameter = at(index.row());
    if (index.column() == NameColumn)
        return tr("%1, %2").arg(oneLine(parameter.name), oneLine(parameter.typeText));
    return tr("%1, %2").arg(valueText(parameter), originText(parameter));
}

ParametersTab::ParametersTab(QWidget *parent)
    : InspectorTab(parent), m_model(new ParameterModel(this)), m_search(new QLineEdit), m_table(new TableView),
      m_none(new Placeholder), m_foot(new QWidget)
{
    m_search->setPlaceholderText(tr("Find parameter"));
    m_search->setAccessibleName(tr("Find parameter"));
    m_search->setClearButtonEnabled(true);
    m_table->setAccessibleName(tr("Parameters"));
    m_table->setModel(m_model);
    m_table->setColumns({{.id = NameColumn, .title = tr("Parameter"), .width = 150},
        {.id = ValueColumn, .title = tr("Value"), .stretch = true, .minWidth = 120}});
    m_table->setRowHeight(44, 2);
    m_table->setItemDelegate(new ParameterDelegate(m_table, *m_model));
    m_table->setSortingEnabled(false);
    m_table->horizontalHeader()->hide();
    m_none->setContent(quietPlaceholder(tr("No parameters"), tr("This flow takes no parameters.")));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kInset, metrics::kWideGap, metrics::kInset, metrics::kWideGap);
    column->setSpacing(metrics::kGap);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    column->addWidget(m_none, 1);
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(0, 0, 0, 0);
    QPushButton *copy = linkButton(tr("Copy as JSON"));
    foot->addStretch();
    foot->addWidget(copy);
    column->addWidget(m_foot);
    connect(m_search, &QLineEdit::textChanged, m_model, &ParameterModel::narrow);
    connect(copy, &QPushButton::clicked, this, [this] {
        const Result<Json> value = parseJson(m_parameters);
        QGuiApplication::clipboard()->setText(value ? toPrettyJson(*value) : QString::fromUtf8(m_parameters));
    });
}

void ParametersTab::showDeployment(const InspectedDeployment &inspected)
{
    m_parameters = inspected.deployment.parameters;
    const QList<ParameterInfo> parameters
        = describeParameters(inspected.deployment.parameterSchema, inspected.deployment.parameters);
    m_model->setParameters(parameters);
    const bool any = !parameters.isEmpty();
    m_search->setVisible(any);
    m_table->setVisible(any);
    m_foot->setVisible(any);
    m_none->setVisible(!any);
}

} // namespace fd
