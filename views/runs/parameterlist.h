// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace fd {

/// One parameter of a run beside its deployment's default.
struct RunParameter {
    QString name;
    /// JSON text of the value; a very long one is cut.
    QString value;
    /// JSON text of the deployment's default; empty when it sets none.
    QString defaultValue;
    /// The value is not the default.
    bool changed = false;

    friend bool operator==(const RunParameter &, const RunParameter &) = default;
};

/// The parameters of a run in their order. `defaults` are those of its deployment; both are JSON objects.
/// Without a deployment (`defaults` empty) nothing counts as changed.
[[nodiscard]] QList<RunParameter> runParameters(const QByteArray &parameters, const QByteArray &defaults);

/// Parameters below one another; a changed one is bold, with its default below and an accent bar at the edge.
class ParameterList : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterList(QWidget *parent = nullptr);

    void setParameters(const QList<RunParameter> &parameters);
    [[nodiscard]] const QList<RunParameter> &parameters() const { return m_parameters; }

private:
    QVBoxLayout *m_layout;
    QList<RunParameter> m_parameters;
};

} // namespace fd
