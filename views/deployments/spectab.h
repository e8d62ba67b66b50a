// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/deployments/inspectortab.h"

class QPlainTextEdit;

namespace fd {

class ElidedLabel;

/// The deployment as the YAML it was made from, read-only.
class SpecTab : public InspectorTab
{
    Q_OBJECT
public:
    explicit SpecTab(QWidget *parent = nullptr);

    void showDeployment(const InspectedDeployment &inspected) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    QString m_spec;
    ElidedLabel *m_origin;
    QPlainTextEdit *m_text;
    class YamlColors *m_colors;
};

} // namespace fd
