// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/connectionsettings.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace fd {

/// Extra headers, a row each: name, masked value, remove. The value of a known header stays when it is left empty.
class HeaderRows : public QWidget
{
    Q_OBJECT
public:
    using Headers = QList<std::pair<QByteArray, Secret>>;

    explicit HeaderRows(QWidget *parent = nullptr);

    /// Shows these names; values are never shown.
    void setHeaders(const Headers &headers);
    /// What is typed, with the values of `known` where none was typed.
    [[nodiscard]] Headers headers(const Headers &known) const;

signals:
    void edited();

private:
    struct Row {
        QWidget *widget;
        QLineEdit *name;
        QLineEdit *value;
    };
    void addRow(const QByteArray &name);

    QVBoxLayout *m_column;
    QList<Row> m_rows;
};

} // namespace fd
