// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/domain/deployment.h"

#include <QDialog>

class QPushButton;

namespace fd {

class ParameterField;
class TextLabel;

/// Asks for the parameters that a run needs and its deployment does not set. What it shows at the bottom is what is
/// sent. Stays open, with everything typed, until the run was started. Open it with open().
class ParametersDialog : public QDialog
{
    Q_OBJECT
public:
    ParametersDialog(const Deployment &deployment, QWidget *parent);

    [[nodiscard]] const QList<ParameterField *> &fields() const { return m_fields; }
    /// The run is asked for: nothing can be changed until showError() or close.
    void setWaiting(bool waiting);
    /// The run was not started; the field that is named gets the sentence.
    void showError(const Error &error);

signals:
    /// Run was pressed and every value is fine; `overlay` is a JSON object.
    void submitted(const QByteArray &overlay);

private:
    QWidget *makeFields(const Deployment &deployment);
    void check(ParameterField *field);
    void submit();
    void showSent();

    QByteArray m_parameters;
    QList<ParameterField *> m_fields;
    TextLabel *m_sent;
    TextLabel *m_error;
    QPushButton *m_run;
};

} // namespace fd
