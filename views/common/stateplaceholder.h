// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace fd {

class TextLabel;

/// What stands in an empty place. Parts left empty are not shown.
struct PlaceholderText {
    QString iconName;
    QString title;
    QString text;
    /// The one thing to do next.
    QString button;
    QString buttonIcon;
    /// A quieter line below the button.
    QString remark;
};

/// Icon, title, text, one button: nothing yet, nothing matches, no access.
class Placeholder : public QWidget
{
    Q_OBJECT
public:
    explicit Placeholder(QWidget *parent = nullptr);

    void setContent(const PlaceholderText &content);

signals:
    /// The button was pressed.
    void triggered();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showIcon();

    PlaceholderText m_content;
    QLabel *m_icon;
    TextLabel *m_title;
    TextLabel *m_text;
    QPushButton *m_button;
    TextLabel *m_remark;
};

/// A panel that could not be read: what, why, Try again, and the technical detail on demand.
class FailedPanel : public QWidget
{
    Q_OBJECT
public:
    explicit FailedPanel(QWidget *parent = nullptr);

    /// `title` names what failed, such as "Runs could not be read".
    void setError(const QString &title, const Error &error);

signals:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();

    TextLabel *m_title;
    TextLabel *m_text;
    TextLabel *m_details;
    QPushButton *m_detailsButton;
};

/// Grey bars where rows will be, under a thin progress line, while the first rows are read.
class SkeletonRows : public QWidget
{
    Q_OBJECT
public:
    explicit SkeletonRows(QWidget *parent = nullptr);

    /// Share that has arrived, 0 to 1; negative when it is not known.
    void setProgress(double share);
    [[nodiscard]] QSize sizeHint() const override { return {400, 240}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_progress = -1;
};

} // namespace fd
