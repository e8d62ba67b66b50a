// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/loglinepane.h"

#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/runs/logtext.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace fd {

namespace {

constexpr qsizetype kMost = 20'000;
constexpr qsizetype kTaskMost = 80;
constexpr int kHeight = 160;

} // namespace

LogLinePane::LogLinePane(QWidget *parent)
    : QWidget(parent), m_title(new TextLabel({}, TextRole::Strong, Tone::Text2, this)),
      m_remark(new TextLabel({}, TextRole::Quiet, Tone::Text3, this)), m_text(new QPlainTextEdit(this))
{
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(roleFont(TextRole::Mono));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Whole log line"));
    QToolButton *close = iconButton(QStringLiteral("window-close"), tr("Close (Esc)"), this);
    connect(close, &QToolButton::clicked, this, &LogLinePane::closed);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::kInset, metrics::kStep, metrics::kInset, 0);
    head->setSpacing(metrics::kGap);
    head->addWidget(m_title);
    head->addWidget(m_remark);
    head->addStretch();
    head->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(separator(Qt::Horizontal, this));
    layout->addLayout(head);
    layout->addWidget(m_text);
    setFixedHeight(kHeight);
    setFocusProxy(m_text);
}

void LogLinePane::setLine(const LogEntry &entry, const QString &task)
{
    const QString level = format::logLevel(entry.level);
    m_title->setText(
        QStringLiteral("%1  %2  %3").arg(format::logTime(entry.timestamp), level, logtext::oneLine(task, kTaskMost)));
    m_text->setPlainText(logtext::plain(entry.message, kMost));
    m_remark->setText(entry.message.size() > kMost ? tr("The first %1 of %2 characters. Copy takes all.")
                                                         .arg(format::count(kMost), format::count(entry.message.size()))
                                                   : QString());
}

void LogLinePane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void LogLinePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        m_text->setFont(roleFont(TextRole::Mono));
}

} // namespace fd
