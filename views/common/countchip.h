// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/state.h"

#include <QAbstractButton>

namespace fd {

/// One toggle of CountChips: a state's mark and how many rows have it.
class CountChip : public QAbstractButton
{
    Q_OBJECT
public:
    CountChip(StateType type, const QString &name, QWidget *parent);

    [[nodiscard]] StateType type() const { return m_type; }
    [[nodiscard]] const QString &stateName() const { return m_name; }
    void setCount(qint64 count);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateType m_type;
    QString m_name;
};

} // namespace fd
