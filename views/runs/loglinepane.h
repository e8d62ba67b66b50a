// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/flowrun.h"

#include <QWidget>

class QPlainTextEdit;

namespace fd {

class TextLabel;

/// One log line in full, with its line ends, below the log: tracebacks and long messages.
class LogLinePane : public QWidget
{
    Q_OBJECT
public:
    explicit LogLinePane(QWidget *parent = nullptr);

    /// Shows a line; very long ones up to a bound, and says so.
    void setLine(const LogEntry &entry, const QString &task);

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    TextLabel *m_title;
    TextLabel *m_remark;
    QPlainTextEdit *m_text;
};

} // namespace fd
