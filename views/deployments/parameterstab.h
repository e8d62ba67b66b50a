// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/parameters.h"
#include "views/deployments/inspectortab.h"

#include <QAbstractTableModel>

class QLineEdit;

namespace fd {

class TableView;

/// Parameters as rows of two columns: name over type, value over default.
class ParameterModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setParameters(const QList<ParameterInfo> &parameters);
    /// Shows only names that contain `text`.
    void narrow(const QString &text);
    [[nodiscard]] const ParameterInfo &at(int row) const { return m_shown.at(row); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void refill();

    QList<ParameterInfo> m_all;
    QList<ParameterInfo> m_shown;
    QString m_text;
};

/// The parameters of a deployment: value, type, default; what the deployment sets is bold with an accent bar.
class ParametersTab : public InspectorTab
{
    Q_OBJECT
public:
    explicit ParametersTab(QWidget *parent = nullptr);

    void showDeployment(const InspectedDeployment &inspected) override;

private:
    ParameterModel *m_model;
    QLineEdit *m_search;
    TableView *m_table;
    class Placeholder *m_none;
    QWidget *m_foot;
    QByteArray m_parameters;
};

} // namespace fd
